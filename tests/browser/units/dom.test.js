import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { notInstalled, require, skipped } from '../tools.js';

const skip = skipped('elements and rich text', notInstalled('jsdom'));
const { window } = skip ? {} : new (require('jsdom').JSDOM)('<!doctype html><body></body>');
const document = window?.document;
Object.assign(globalThis, { document, DOMParser: window?.DOMParser, Node: window?.Node });
const dom = await import('../../../host/http/pages/dom.js');

const html = (node) => {
  const place = document.createElement('div');
  place.append(node);
  return place.innerHTML;
};
const prose = (text) => html(dom.prose(text));

describe('rich text', { skip }, () => {
  test('keeps its elements: p, br, ul, ol, li, strong, em, b, i, h3, h4', () => {
    const text = '<h3>Takki</h3><h4>Talveen</h4><p>Se on <strong>lämmin</strong>, <em>kevyt</em>,<br><b>kestävä</b> ja <i>kaunis</i>.</p><ul><li>Villaa</li></ul><ol><li>Pese</li><li>Kuivaa</li></ol>';
    assert.equal(prose(text), text);
  });

  test('is known by each of its elements alone', () => {
    const names = ['p', 'ul', 'ol', 'li', 'strong', 'em', 'b', 'i', 'h3', 'h4'];
    const inline = ['strong', 'em', 'b', 'i'];
    for (const name of names) {
      const element = `<${name}>a</${name}>`;
      assert.equal(prose(element), inline.includes(name) ? `<p>${element}</p>` : element, name);
      assert.equal(prose(element.toUpperCase().replace('A<', 'a<')), inline.includes(name) ? `<p>${element}</p>` : element, name);
    }
    assert.deepEqual(['a<br>b', 'a<br/>b', 'a<br />b', 'a<BR>b'].map(prose), Array(4).fill('<p>a<br>b</p>'));
  });

  test('has no attributes', () => {
    assert.equal(
      prose('<p class="x" style="color:red" onclick="alert(1)" id="q">a <b onmouseover="alert(1)">b</b></p><ol start="3" type="a"><li value="9">c</li></ol>'),
      '<p>a <b>b</b></p><ol><li>c</li></ol>',
    );
  });

  test('leaves other elements out and keeps what they hold', () => {
    assert.equal(
      prose('<div><p>a <a href="javascript:alert(1)">b</a> <span>c</span></p><h1>d</h1><h2>e</h2><h5>f</h5><table><tr><td>g</td></tr></table><u>h</u></div>'),
      '<p>a b c</p>defgh',
    );
    assert.equal(prose('<p>a<img src=x onerror=alert(1)>b<svg onload=alert(1)><text>c</text></svg></p>'), '<p>abc</p>');
  });

  test('has nothing of scripts, styles, comments and what is never shown', () => {
    assert.equal(
      prose('<p>a</p><script>alert(1)</script><style>p{}</style><!-- c --><template><p>t</p></template><noscript><p>n</p></noscript><iframe>i</iframe><textarea>x</textarea><title>y</title>'),
      '<p>a</p>',
    );
    assert.equal(prose('<p><scr<script>ipt>alert(1)</scr</script>ipt></p>').includes('<script'), false);
  });

  test('cannot make elements of what is written as text', () => {
    assert.equal(prose('<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;b&amp;gt;</p>'), '<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;b&amp;gt;</p>');
  });

  test('is closed where its elements are not', () => {
    assert.equal(prose('<p>a<p>b <b>c'), '<p>a</p><p>b <b>c</b></p>');
    assert.equal(prose('<ul><li>a<li>b'), '<ul><li>a</li><li>b</li></ul>');
  });

  test('with elements only within its lines keeps paragraphs and lines', () => {
    assert.equal(prose('Ensimmäinen <b>kappale</b>.\n\nToinen\n<em>rivi</em>.'), '<p>Ensimmäinen <b>kappale</b>.</p><p>Toinen<br><em>rivi</em>.</p>');
  });
});

describe('text', { skip }, () => {
  test('becomes paragraphs at empty lines, and lines at line ends', () => {
    assert.equal(prose('\nEka\nrivi\n \n\nToka\n'), '<p>Eka<br>rivi</p><p>Toka</p>');
    assert.deepEqual([prose(''), prose(' \n\n ')], ['', '']);
  });

  test('that is no rich text is shown as it is written', () => {
    for (const text of ['5 < 6 & 7 > 2', 'a <b c', '<div>a</div>', '<bdi>a</bdi>', '<image>', '<pre>', '<i', 'x<y>z', '<b-box>a</b-box>', '&lt;b&gt;']) {
      const [paragraph, ...more] = dom.prose(text).childNodes;
      assert.deepEqual([paragraph.nodeName, paragraph.childNodes.length, paragraph.textContent, more.length], ['P', 1, text, 0], text);
    }
  });

  test('in one line has spaces where paragraphs, lines and items end', () => {
    assert.equal(dom.plain('<h3>Takki</h3><p>Se on <b>läm</b>min,<br>kevyt.</p><ul><li>Villaa</li><li>Puuvillaa</li></ul>'), 'Takki Se on lämmin, kevyt. Villaa Puuvillaa');
    assert.equal(dom.plain('Eka\nrivi\n\n5 < 6'), 'Eka rivi 5 < 6');
    assert.equal(dom.plain(''), '');
  });
});

describe('elements', { skip }, () => {
  test('have attributes, styles and listeners, and no text of theirs is parsed', () => {
    let clicked = 0;
    const button = dom.h('button', { class: 'a', hidden: true, title: null, 'aria-label': undefined, disabled: false, '--share': '3%', 'data-n': 2, onclick: () => (clicked += 1) },
      '<b>', 1, null, undefined, false, ['x', [dom.h('i')]]);
    assert.equal(html(button), '<button class="a" hidden="" style="--share: 3%;" data-n="2">&lt;b&gt;1x<i></i></button>');
    button.click();
    assert.equal(clicked, 1);
  });

  test('have their state as such', () => {
    const box = dom.h('input', { type: 'checkbox', checked: true, value: 'v' });
    assert.deepEqual([box.checked, box.value, box.hasAttribute('checked')], [true, 'v', false]);
    assert.equal(dom.h('details', { open: false }).open, false);
  });

  test('of the page are found, or it is said which one is not there', () => {
    document.body.innerHTML = '<p id="there"></p>';
    assert.equal(dom.one('there'), document.body.firstChild);
    assert.throws(() => dom.one('missing'), { message: 'the page has no #missing' });
  });

  test('of a mean are stars that are spoken', () => {
    const stars = dom.stars(4.25, '4,3 / 5');
    assert.deepEqual([stars.getAttribute('role'), stars.getAttribute('aria-label'), stars.style.getPropertyValue('--filled')], ['img', '4,3 / 5', '85%']);
  });

  test('of a picture keep its place, and show a sign where there is none', () => {
    assert.equal(dom.picture(null).className, 'picture picture-none');
    const tile = dom.picture({ link: '/a.jpg', alt: 'Takki', lang: 'fi', srcset: '/a-w320.webp 320w', color: '#112233', width: 640, height: 480 }, { sizes: '5rem' });
    const image = tile.querySelector('img');
    assert.deepEqual(
      ['alt', 'lang', 'src', 'srcset', 'sizes', 'width', 'height', 'loading'].map((name) => image.getAttribute(name)),
      ['Takki', 'fi', '/a.jpg', '/a-w320.webp 320w', '5rem', '640', '480', 'lazy'],
    );
    assert.equal(tile.style.getPropertyValue('--picture-color'), '#112233');
    image.dispatchEvent(new window.Event('error'));
    assert.deepEqual([tile.className, tile.querySelector('img'), tile.querySelectorAll('svg').length], ['picture picture-none', null, 1]);
  });
});

test('a picture that cannot be had gives way to the small one that the device has', { skip }, () => {
  const tile = dom.picture({ link: '/a.jpg', small: '/a-small', alt: 'Takki', srcset: '/a-w640 640w' }, { sizes: '5rem' });
  const image = tile.querySelector('img');
  image.dispatchEvent(new window.Event('error'));
  assert.deepEqual([image.getAttribute('src'), image.getAttribute('srcset'), tile.className], ['/a-small', null, 'picture']);
  image.dispatchEvent(new window.Event('error'));
  assert.deepEqual([tile.className, tile.querySelector('img')], ['picture picture-none', null]);
});

describe('drawing anew', { skip }, () => {
  let list;
  const drawn = [];
  const draw = (item) => {
    drawn.push(item.id);
    return dom.h('li', {}, dom.h('button', {}, item.text));
  };
  const place = (...items) => dom.place(list, items, { key: (item) => item.id, draw });

  beforeEach(() => {
    list = document.createElement('ul');
    document.body.replaceChildren(list);
    drawn.length = 0;
    place({ id: 'a', text: '1' }, { id: 'b', text: '2' });
  });

  test('draws only what shows something else', () => {
    const [a, b] = list.children;
    place({ id: 'b', text: '2' }, { id: 'a', text: '3' }, { id: 'c', text: '4' });
    assert.deepEqual(drawn, ['a', 'b', 'a', 'c']);
    assert.equal(list.textContent, '234');
    assert.equal(list.children[0], b);
    assert.notEqual(list.children[1], a);
  });

  test('touches nothing where all is the same', () => {
    const before = [...list.children];
    list.replaceChildren = () => assert.fail('replaced');
    place({ id: 'a', text: '1' }, { id: 'b', text: '2' });
    assert.deepEqual([...list.children], before);
  });

  test('gives the focus to what stands where it was', () => {
    list.children[1].firstChild.focus();
    place({ id: 'b', text: '5' }, { id: 'a', text: '1' });
    assert.equal(document.activeElement, list.children[0].firstChild);
    assert.equal(document.activeElement.textContent, '5');
  });

  test('lets the focus go where that is gone', () => {
    list.children[1].firstChild.focus();
    place({ id: 'a', text: '1' });
    assert.equal(document.activeElement, document.body);
  });
});
