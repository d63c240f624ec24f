// Which channel a device shows, and what is said where that cannot be told.

import * as api from './api.js';
import { h } from './dom.js';
import { message, pageMessage, signInLink } from './frame.js';

/**
 * The channel that the address names; without one, the only one that suits the page, of those that the caller may
 * read: of its name, then of a name that begins so, then of the token's own, then of all.
 * @param {string | null} asked
 * @param {string} page
 * @param {{ remembered?: string | null, chooses?: boolean }} [how]
 * @returns {Promise<Rikaste.ChannelChoice>}
 */
export async function findChannel(asked, page, { remembered = null, chooses = false } = {}) {
  const channels = (await api.channels()).sort((a, b) => Number(b.code.startsWith(page)) - Number(a.code.startsWith(page)) || a.code.localeCompare(b.code));
  const found = channels.find(({ code }) => code === asked);
  if (found) return { channel: found, channels };
  const session = await api.session();
  if (asked !== null) return { channels, session, asked };
  const known = channels.find(({ code }) => code === remembered);
  if (known && !chooses) return { channel: known, channels };
  const only = chooses ? null : suiting(channels, page, session);
  return only ? { channel: only, channels } : { channels, session, asked };
}

/**
 * @param {Rikaste.Channel[]} channels
 * @param {string} page
 * @param {Rikaste.Session} session
 */
function suiting(channels, page, session) {
  const isSignedIn = session.scopes.length > 0;
  const lists = [
    channels.filter(({ code }) => code === page),
    channels.filter(({ code }) => code.startsWith(page)),
    ...(isSignedIn ? [channels.filter(({ code }) => session.scopes.includes(`channel:${code}`)), channels] : []),
  ];
  const first = lists.find((list) => list.length > 0) ?? [];
  return first.length === 1 ? first[0] : null;
}

/**
 * Why there is no channel, and what to do.
 * @param {Rikaste.Words} t
 * @param {Rikaste.ChannelChoice} choice
 * @param {string} path The page's own.
 * @returns {{ title: string, text: string, signsIn?: boolean }}
 */
export function channelTrouble(t, { channels, session, asked }, path) {
  const isSignedIn = session?.name !== undefined;
  const seesAll = session?.scopes.some((scope) => scope === 'read' || scope === 'manage');
  if (asked && seesAll) return { title: t('noChannelTitle'), text: t('noChannel', { code: asked }) };
  if (asked && isSignedIn) return { title: t('notOpenTitle'), text: t('notOpen', { code: asked, name: session?.name }), signsIn: true };
  if (!seesAll && !isSignedIn) return { title: t('notPublicTitle'), text: asked ? t('notPublicChannel', { code: asked }) : t('notPublic'), signsIn: true };
  if (!channels.length) return { title: t('noChannelTitle'), text: t('noChannels') };
  return { title: t('chooseChannel'), text: t('chooseChannelText', { address: `${path}/${channels[0].code}` }) };
}

/**
 * What stands where the channel would be: why there is none, what to do, and the channels that there are.
 * @param {Rikaste.Words} t
 * @param {Rikaste.ChannelChoice} choice
 * @param {{ path: string, wholePage?: boolean }} how
 */
export function channelMessage(t, choice, { path, wholePage = false }) {
  const { title, text, signsIn } = channelTrouble(t, choice, path);
  const links = choice.channels.map(({ code, label }) => h('a', { class: 'button button-plain', href: `${path}/${encodeURIComponent(code)}` }, label === code ? code : `${label} (${code})`));
  return (wholePage ? pageMessage : message)(title, text, ...(signsIn ? [signInLink(t)] : []), ...links);
}
