"""The pictures: file name → SVG. A drawing is a function of its colours, on a 1200 × 1200 canvas."""

COLOURS = {
    "sand": "#d8bd94", "moss": "#6f7d52", "lingonberry": "#b23a48", "cloudberry": "#e8a13d", "night": "#2f4260",
    "fjord": "#3f7f93", "oat": "#e3d8c3", "slate": "#6d7986", "charcoal": "#474a4f", "rust": "#b8623b",
    "pine": "#4f6f5a", "birch": "#e4c99c", "oak": "#c1925a", "black": "#37373a", "cognac": "#a8683a",
    "pinewood": "#e3b97c",
}
GREY = "#cfd3d6"
INK = "#3d3a36"


def mix(a: str, b: str, part: float) -> str:
    """`a` with `part` of `b` in it."""
    one, two = (tuple(int(h[i:i + 2], 16) for i in (1, 3, 5)) for h in (a, b))
    return "#%02x%02x%02x" % tuple(round(x + (y - x) * part) for x, y in zip(one, two))


def dark(c: str, part: float = 0.22) -> str:
    return mix(c, "#1d1a20", part)


def light(c: str, part: float = 0.22) -> str:
    return mix(c, "#ffffff", part)


def canvas(c: str, art: str, floor: int = 985, spread: int = 300) -> str:
    """The common stage: off-white, a disc tinted with the product's colour, a soft shadow on the floor."""
    halo = mix(c, "#ffffff", 0.76 if c != COLOURS["oat"] else 0.45)
    return f"""<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="1200" viewBox="0 0 1200 1200">
<defs>
<radialGradient id="bg" cx=".5" cy=".42" r=".75"><stop offset="0" stop-color="#fdfcfa"/><stop offset="1" stop-color="#efebe4"/></radialGradient>
<linearGradient id="c" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="{light(c, .10)}"/><stop offset=".55" stop-color="{c}"/><stop offset="1" stop-color="{dark(c, .10)}"/></linearGradient>
<linearGradient id="d" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="{dark(c, .12)}"/><stop offset="1" stop-color="{dark(c, .28)}"/></linearGradient>
<filter id="blur" x="-50%" y="-150%" width="200%" height="400%"><feGaussianBlur stdDeviation="20"/></filter>
<filter id="soft" x="-20%" y="-150%" width="140%" height="400%"><feGaussianBlur stdDeviation="9"/></filter>
</defs>
<rect width="1200" height="1200" fill="url(#bg)"/>
<circle cx="600" cy="590" r="445" fill="{halo}"/>
<ellipse cx="600" cy="{floor}" rx="{spread}" ry="24" fill="#4a4034" opacity=".26" filter="url(#blur)"/>
{art}</svg>"""


def p(d: str, fill: str = "url(#c)", **more) -> str:
    return f'<path d="{d}" fill="{fill}"{attributes(more)}/>'


def line(d: str, c: str, width: float = 4, **more) -> str:
    more = {"stroke_linecap": "round", "stroke_linejoin": "round"} | more
    return f'<path d="{d}" fill="none" stroke="{c}" stroke-width="{width}"{attributes(more)}/>'


def stitch(d: str, c: str) -> str:
    return line(d, c, 3, stroke_dasharray="9 8", opacity=".75")


def rect(x, y, w, h, fill="url(#c)", r=0, **more) -> str:
    return f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="{r}" fill="{fill}"{attributes(more)}/>'


def ellipse(x, y, rx, ry=None, fill="url(#c)", **more) -> str:
    return f'<ellipse cx="{x}" cy="{y}" rx="{rx}" ry="{rx if ry is None else ry}" fill="{fill}"{attributes(more)}/>'


def attributes(more: dict) -> str:
    return "".join(f' {k.replace("_", "-")}="{v}"' for k, v in more.items())


def group(art: str, transform: str) -> str:
    return f'<g transform="{transform}">{art}</g>'


def both(art: str) -> str:
    """The left half's art, and its mirror image."""
    return art + group(art, "translate(1200,0) scale(-1,1)")


def text(x, y, words: str, size: int, fill: str, weight: int = 600, spacing: float = 0) -> str:
    return (f'<text x="{x}" y="{y}" text-anchor="middle" font-family="Noto Sans, DejaVu Sans, sans-serif" font-size="{size}" '
            f'font-weight="{weight}" letter-spacing="{spacing}" fill="{fill}">{words}</text>')


def reflector(d: str) -> str:
    return line(d, "#f2f4f5", 20, stroke_linecap="butt") + line(d, "#c4cace", 3, stroke_linecap="butt", opacity=".7")


def zip_down(x, top, bottom, c) -> str:
    return (line(f"M{x} {top}V{bottom}", dark(c, .45), 9, stroke_linecap="butt")
            + line(f"M{x} {top}V{bottom}", light(c, .35), 3, stroke_dasharray="5 6", stroke_linecap="butt")
            + rect(x - 9, top + 10, 18, 46, GREY, 8))


# Clothing

SLEEVE = "M440 345C388 352 352 396 336 462L268 748C263 770 272 782 292 787L350 801C372 806 384 798 389 778L462 520Z"
CUFF = "M262 772L388 803L380 842C378 852 370 857 360 855L262 832C252 829 248 821 250 812Z"
BODY = "M512 318C480 336 455 340 436 348C444 430 444 540 438 640L430 884C430 900 440 910 456 911H744C760 910 770 900 770 884L762 640C756 540 756 430 764 348C745 340 720 336 688 318Z"
HOOD = "M474 336C446 246 500 168 600 168C700 168 754 246 726 336C700 372 650 388 600 388C550 388 500 372 474 336Z"


def hood(c: str, fur: str = "") -> str:
    art = p(HOOD) + p("M508 322C492 262 532 214 600 214C668 214 708 262 692 322C668 346 640 356 600 356C560 356 532 346 508 322Z", dark(c, .48))
    art += p("M540 342C560 352 640 352 660 342L640 388H560Z", dark(c, .3))
    if fur:
        ring = "M500 330C478 256 524 202 600 202C676 202 722 256 700 330"
        art += line(ring, dark(fur, .12), 58) + line(ring, fur, 46, stroke_dasharray="2 15") + line(ring, light(fur, .25), 22, stroke_dasharray="2 13")
    else:
        art += stitch("M496 326C478 254 526 200 600 200C674 200 722 254 704 326", light(c, .35))
    return art


def winter_jacket(c: str) -> str:
    art = both(p(SLEEVE) + p(CUFF, dark(c, .35)) + reflector("M290 665L417 697") + line("M440 345C452 420 458 480 462 520", dark(c, .2), 4))
    art += p(BODY)
    for y in (470, 590, 710, 830):
        art += line(f"M440 {y}C500 {y + 20} 560 {y + 22} 592 {y + 22}M608 {y + 22}C640 {y + 22} 700 {y + 20} 760 {y}", dark(c, .16), 5)
        art += line(f"M442 {y + 8}C500 {y + 28} 560 {y + 30} 592 {y + 30}M608 {y + 30}C640 {y + 30} 700 {y + 28} 758 {y + 8}", light(c, .22), 3, opacity=".8")
    art += rect(431, 880, 338, 34, dark(c, .35), 14)
    art += both(p("M470 640L560 662V684L470 662Z", dark(c, .3)) + line("M476 668V690", GREY, 5))
    art += zip_down(600, 380, 880, c) + hood(c)
    art += both(ellipse(521, 362, 6, fill=GREY) + ellipse(556, 378, 6, fill=GREY))
    return canvas(c, group(art, "translate(600 600) scale(1.06) translate(-600 -572)"))


def jacket_back(c: str) -> str:
    art = both(p(SLEEVE) + p(CUFF, dark(c, .35)) + reflector("M290 665L417 697") + line("M440 345C452 420 458 480 462 520", dark(c, .2), 4))
    art += p(BODY)
    for y in (590, 710, 830):
        art += line(f"M440 {y}C520 {y + 24} 680 {y + 24} 760 {y}", dark(c, .16), 5) + line(f"M442 {y + 8}C520 {y + 32} 680 {y + 32} 758 {y + 8}", light(c, .22), 3, opacity=".8")
    art += reflector("M442 496C520 514 680 514 758 496") + rect(431, 880, 338, 34, dark(c, .35), 14)
    art += p("M474 336C446 246 500 168 600 168C700 168 754 246 726 336C716 396 650 446 600 446C550 446 484 396 474 336Z", "url(#c)")
    art += line("M474 336C484 396 550 446 600 446C650 446 716 396 726 336", dark(c, .25), 5) + stitch("M600 172V440", light(c, .35))
    return canvas(c, group(art, "translate(600 600) scale(1.06) translate(-600 -572)"))


def rain_jacket(c: str) -> str:
    body = "M512 318C480 336 455 340 436 348C446 440 440 560 424 660L396 880C394 898 404 908 420 910C540 922 660 922 780 910C796 908 806 898 804 880L776 660C760 560 754 440 764 348C745 340 720 336 688 318Z"
    art = both(p(SLEEVE) + p("M268 748L392 780L380 842C378 852 370 857 360 855L262 832C252 829 248 821 250 812Z", dark(c, .14)) + rect(292, 786, 56, 22, dark(c, .4), 6, transform="rotate(14 320 797)"))
    art += p(body) + p("M572 380H628V914C610 915 590 915 572 914Z", dark(c, .1)) + line("M572 384V912M628 384V912", dark(c, .22), 3)
    art += "".join(ellipse(600, y, 11, fill="#f4f1ea") + ellipse(600, y, 5, fill=dark(c, .35)) for y in (440, 540, 640, 740, 840))
    art += both(p("M446 690H548V726L546 734H448L446 726Z", dark(c, .14)) + line("M448 735H546V830C546 842 538 848 528 848H466C456 848 448 842 448 830Z", dark(c, .2), 4))
    art += reflector("M417 872C540 888 660 888 783 872")
    art += both(line("M372 470L330 640", light(c, .55), 12, opacity=".6")) + line("M474 400C480 470 476 560 468 640", light(c, .55), 12, opacity=".55")
    art += hood(c)
    return canvas(c, group(art, "translate(600 600) scale(1.06) translate(-600 -572)"))


def shell(c: str, accent: str) -> str:
    art = both(p(SLEEVE) + p(CUFF, dark(c, .2)) + rect(286, 790, 60, 24, accent, 6, transform="rotate(14 316 802)") + line("M402 520L372 640", accent, 6))
    art += p(BODY) + p("M512 318C480 336 455 340 436 348C440 400 442 440 443 480C500 500 560 506 600 506C640 506 700 500 757 480C758 440 760 400 764 348C745 340 720 336 688 318Z", dark(c, .18))
    art += line("M443 480C500 500 560 506 600 506C640 506 700 500 757 480", dark(c, .34), 4)
    art += both(line("M476 640L520 800", dark(c, .4), 8) + line("M476 640L520 800", accent, 3)) + line("M508 420L552 452", accent, 6)
    art += stitch("M436 884H764", light(c, .4)) + zip_down(600, 372, 908, accent)
    art += hood(c)
    art += both(line("M548 360L538 440", accent, 6) + ellipse(538, 446, 8, fill=INK))
    return canvas(c, group(art, "translate(600 600) scale(1.06) translate(-600 -572)"))


def spring_jacket(c: str) -> str:
    art = both(p(SLEEVE) + p(CUFF, dark(c, .32)) + line("M440 345C452 420 458 480 462 520", dark(c, .2), 4))
    art += p("M512 318C480 336 455 340 436 348C444 430 444 540 438 640L432 800H768L762 640C756 540 756 430 764 348C745 340 720 336 688 318Z")
    art += rect(430, 796, 340, 44, dark(c, .32), 16) + "".join(line(f"M{x} 802V834", dark(c, .18), 3) for x in range(448, 768, 14))
    art += both(line("M476 600L538 740", dark(c, .35), 8) + line("M476 600L538 740", "#f6efe2", 3))
    art += reflector("M441 520C500 534 560 536 592 536") + reflector("M608 536C640 536 700 534 759 520")
    art += zip_down(600, 372, 796, "#f0c98a") + hood(c)
    return canvas(c, group(art, "translate(600 600) scale(1.12) translate(-600 -525)"))


def parka(c: str) -> str:
    sleeve = "M440 345C388 352 352 396 336 462L276 728C271 750 280 762 300 767L354 781C376 786 388 778 393 758L462 520Z"
    body = "M512 318C480 336 455 340 436 348C446 430 446 520 440 600L412 1000C412 1016 420 1024 436 1025H764C780 1024 788 1016 788 1000L760 600C754 520 754 430 764 348C745 340 720 336 688 318Z"
    art = both(p(sleeve) + p("M270 752L392 783L384 814C382 824 374 829 364 827L270 804C260 801 256 793 258 784Z", dark(c, .25)) + line("M440 345C452 420 458 480 462 520", dark(c, .2), 4))
    art += p(body) + p("M576 384H624V1024H576Z", dark(c, .1)) + line("M576 388V1022M624 388V1022", dark(c, .25), 3)
    art += "".join(ellipse(600, y, 10, fill=GREY) for y in (460, 570, 680, 790, 900))
    art += both(p("M458 720H560V756C560 762 556 764 552 764H464C460 764 456 762 456 756Z", dark(c, .2)) + line("M458 764V880C458 892 466 898 476 898H540C550 898 558 892 558 880V764", dark(c, .2), 4) + ellipse(508, 748, 7, fill=GREY))
    art += line("M440 620C520 634 680 634 760 620", dark(c, .24), 5) + both(line("M560 632L552 700", "#f2ece0", 5))
    art += stitch("M418 996H782", light(c, .4)) + hood(c, "#cdb79a")
    return canvas(c, group(art, "translate(600 600) scale(.99) translate(-600 -600)"), floor=1020)


def snowsuit(c: str) -> str:
    patch = dark(c, .38)
    sleeve = "M452 356C402 364 372 402 358 462L304 672C299 692 307 703 325 708L377 721C397 726 408 718 413 700L474 520Z"
    cuff = "M298 694L412 723L404 756C402 766 394 770 385 768L299 747C290 744 286 737 288 728Z"
    body = ("M520 330C492 346 468 352 450 360C458 430 458 520 450 600L434 960C434 974 442 982 456 983H566C580 983 588 974 588 960L600 724"
            "L612 960C612 974 620 983 634 983H744C758 982 766 974 766 960L750 600C742 520 742 430 750 360C732 352 708 346 680 330Z")
    art = both(p(sleeve) + p(cuff, patch) + reflector("M322 608L437 637"))
    art += p(body) + both(p("M444 790C480 778 552 778 592 790L588 880C552 890 476 890 439 880Z", patch) + stitch("M450 798C486 788 548 788 584 798", light(c, .3)) + rect(430, 944, 162, 42, patch, 14)
                          + line("M462 984C464 1016 556 1016 560 984", INK, 8))
    art += p("M447 640C520 664 680 664 753 640L751 606C680 630 520 630 449 606Z", patch, opacity=".55")
    art += both(zip_down(548, 388, 724, c)) + both(p("M462 520H520V534L462 528Z", patch)) + reflector("M455 470C500 480 520 482 536 482") + reflector("M745 470C700 480 680 482 664 482")
    art += group(hood(c), "translate(600 346) scale(.93) translate(-600 -336)")
    return canvas(c, group(art, "translate(600 600) scale(1.02) translate(-600 -585)"), floor=1012)


def dungarees(c: str) -> str:
    art = line("M680 236C660 190 560 190 540 300", dark(c, .52), 32) + line("M520 236C540 190 640 190 660 300", dark(c, .5), 32) + both(line("M520 400C508 330 504 280 520 236", dark(c, .4), 36) + line("M520 396C508 330 504 284 518 244", light(c, .2), 3, stroke_dasharray="9 8"))
    art += p("M500 384H700C716 384 722 394 724 408L744 560C756 570 760 582 760 600L776 950C776 966 768 974 752 974H640C626 974 618 966 617 952L600 700L583 952C582 966 574 974 560 974H448C432 974 424 966 424 950L440 600C440 582 444 570 456 560L476 408C478 394 484 384 500 384Z")
    art += both(rect(498, 372, 44, 56, GREY, 8) + rect(508, 384, 24, 30, dark(c, .35), 5))
    art += rect(540, 440, 120, 96, dark(c, .14), 12) + line("M540 470H660", dark(c, .3), 4) + line("M456 562C540 580 660 580 744 562", dark(c, .3), 5)
    art += both(p("M436 760C480 750 552 750 596 760L590 850C552 858 474 858 432 850Z", dark(c, .14)) + reflector("M429 900H587") + line("M462 620C456 700 452 720 450 740", light(c, .5), 12, opacity=".6"))
    art += both(line("M460 974C462 1006 550 1006 554 974", INK, 8)) + line("M600 700V584", dark(c, .3), 4)
    return canvas(c, group(art, "translate(600 600) scale(1.05) translate(-600 -590)"), floor=1006)


def boot(c: str, winter: bool) -> str:
    """One boot from the side, its toe to the right, standing on y = 0."""
    upper = "M-150 -400H44C50 -330 52 -280 62 -240C70 -208 96 -196 136 -186C196 -170 232 -130 236 -76C238 -58 237 -48 234 -36H-150C-164 -110 -158 -250 -150 -400Z"
    art = p(upper) + p("M118 -190C200 -176 232 -130 236 -76C238 -58 237 -48 234 -36H96C74 -96 82 -160 118 -190Z", dark(c, .2))
    art += p("M-157 -190C-164 -130 -160 -80 -152 -36H-78C-76 -100 -100 -170 -157 -190Z", dark(c, .2))
    if winter:
        art += p("M-160 -44H242C252 -44 256 -34 254 -22C252 0 240 10 224 10H-144C-160 10 -168 2 -168 -14C-168 -32 -166 -44 -160 -44Z", "#5b5650")
        art += "".join(rect(x, 4, 34, 18, "#45413c", 5) for x in range(-142, 220, 48)) + line("M-160 -30H246", "#77716a", 5)
        art += rect(-168, -440, 232, 66, "#efe6d6", 32) + line("M-146 -418H44M-150 -400H50", "#dccfb6", 7, stroke_dasharray="2 17")
        art += p("M-155 -232L58 -262C62 -240 66 -226 76 -214L-157 -182Z", dark(c, .4)) + rect(-52, -254, 74, 54, GREY, 9, transform="rotate(-8 -15 -227)")
        art += line("M-150 -322C-80 -312 -10 -314 48 -322", light(c, .3), 4, stroke_dasharray="9 8") + line("M100 -150C150 -140 190 -116 204 -80", light(c, .3), 4, stroke_dasharray="9 8")
    else:
        art += p("M-156 -40H238C248 -40 252 -30 250 -18C248 2 238 10 224 10H-142C-158 10 -164 2 -164 -14C-164 -30 -162 -40 -156 -40Z", dark(c, .42)) + line("M-154 -26H242", dark(c, .28), 5)
        art += rect(-158, -416, 212, 36, dark(c, .28), 15) + line("M-112 -416C-110 -466 -2 -466 0 -416", dark(c, .28), 16)
        art += line("M-154 -310H48", "#f2f4f5", 24, stroke_linecap="butt") + line("M-112 -284C-118 -230 -118 -160 -108 -90", light(c, .55), 15, opacity=".6") + line("M150 -160C184 -146 202 -126 210 -100", light(c, .55), 12, opacity=".6")
    return art


def boots(c: str, winter: bool) -> str:
    b = boot(c, winter)
    art = group(b, "translate(500 862) scale(1.2)") + f'<g opacity=".2">{ellipse(700, 972, 270, 14, "#000", filter="url(#soft)")}</g>' + group(b, "translate(660 962) scale(1.28)")
    return canvas(c, group(art, "translate(-24 -70)"), floor=910, spread=340)


def boot_soles(c: str) -> str:
    sole = "M0 -300C70 -300 104 -236 96 -150C90 -90 70 -50 72 10C76 90 96 150 84 220C76 270 44 300 0 300C-44 300 -76 270 -84 220C-92 150 -64 100 -72 10C-78 -60 -100 -100 -100 -160C-100 -240 -70 -300 0 -300Z"
    tread = "".join(line(f"M-62 {y}L0 {y - 26}L62 {y}", "#6e6963", 18) for y in (-220, -170, -120, 130, 180, 230)) + "".join(ellipse(x, y, 13, fill=c) for x, y in ((-30, -40), (30, -40), (-24, 30), (24, 30)))
    one = p(sole, "#4a4641") + line(sole, c, 14) + tread
    return canvas(c, group(one, "translate(440 590) rotate(-9)") + group(group(one, "scale(-1 1)"), "translate(760 590) rotate(9)"), floor=920, spread=320)


def beanie(c: str) -> str:
    art = "".join(ellipse(600 + dx, 262 + dy, r, fill=mix("#f4ede0", "#cdbfa8", s)) for dx, dy, r, s in
                  ((0, 0, 104, .35), (-58, -30, 52, .1), (54, -34, 54, .2), (-62, 40, 50, .4), (60, 40, 52, .5), (0, -64, 50, 0), (0, 54, 56, .45), (0, -4, 60, .15)))
    art += "".join(line(f"M600 262l{x} {y}", "#fffaf0", 5, opacity=".8") for x, y in ((-70, -50), (-30, -86), (36, -82), (74, -40), (-84, 10), (84, 16), (-50, 66), (52, 66), (0, 84), (0, -96)))
    dome = "M300 720C296 480 420 338 600 338C780 338 904 480 900 720Z"
    art += p(dome)
    for x in range(-5, 6):
        art += line(f"M{600 + x * 54} 716C{600 + x * 52} 560 {600 + x * 30} 420 {600 + x * 8} 346", dark(c, .15), 6) + line(f"M{614 + x * 54} 716C{612 + x * 52} 560 {606 + x * 30} 420 {602 + x * 8} 350", light(c, .25), 3, opacity=".6")
    art += p("M276 700H924C940 700 948 710 948 726V846C948 862 938 872 922 872H278C262 872 252 862 252 846V726C252 710 260 700 276 700Z", dark(c, .14))
    art += "".join(line(f"M{x} 716V856", dark(c, .27), 7) + line(f"M{x + 12} 716V856", light(c, .16), 4, opacity=".7") for x in range(286, 936, 30))
    art += rect(800, 770, 74, 54, "#f4ede0", 6) + text(837, 804, "Suovilla", 15, INK)
    return canvas(c, group(art, "translate(0 26)"), floor=912, spread=340)


def mitten(c: str) -> str:
    art = p("M-120 380V30C-132 -40 -126 -130 -96 -210C-70 -276 -30 -300 20 -300C96 -300 132 -230 134 -130C135 -60 130 -10 122 30V380Z")
    art += p("M-112 80C-150 60 -214 -10 -222 -70C-226 -106 -188 -122 -164 -96C-146 -74 -130 -40 -110 -20Z", "url(#d)")
    art += p("M-80 -140C-64 -220 -30 -268 20 -268C70 -268 98 -220 102 -140Z", dark(c, .16))
    art += p("M-124 100H126V170H-124Z", dark(c, .36)) + rect(-30, 112, 78, 46, GREY, 8) + rect(-136, 360, 274, 44, dark(c, .36), 18)
    art += line("M-116 250H118", "#f2f4f5", 20, stroke_linecap="butt") + stitch("M-112 340H116", light(c, .4)) + rect(92, 380, 34, 60, dark(c, .36), 10)
    return art


def mittens(c: str) -> str:
    m = mitten(c)
    return canvas(c, group(group(m, "scale(-1 1)"), "translate(420 560) rotate(-7)") + group(m, "translate(790 560) rotate(7)"), floor=1000, spread=320)


def base_layer(c: str) -> str:
    sleeve = "M452 290C410 300 384 332 368 388L300 626L372 648L470 440Z"
    top = both(p(sleeve) + p("M300 626L372 648L360 692L288 670Z", dark(c, .16)) + stitch("M456 296C468 350 470 400 470 440", dark(c, .3)))
    top += p("M520 272C498 286 470 286 448 292C458 400 458 520 452 690H748C742 520 742 400 752 292C730 286 702 286 680 272C664 312 536 312 520 272Z")
    top = p("M520 272C536 250 664 250 680 272C664 312 536 312 520 272Z", dark(c, .38)) + top + rect(450, 684, 300, 30, dark(c, .16), 8) + line("M520 272C536 318 664 318 680 272", dark(c, .22), 16) + both(stitch("M476 300C486 420 484 560 478 684", dark(c, .25)))
    legs = p("M440 0H700C706 120 706 240 694 520H600L570 210L540 520H446C434 240 434 120 440 0Z") + rect(436, -10, 268, 40, dark(c, .16), 8)
    legs += rect(444, 510, 98, 40, dark(c, .16), 8) + rect(598, 510, 98, 40, dark(c, .16), 8) + stitch("M570 40V205", dark(c, .25)) + stitch("M470 36C466 200 468 360 474 508", dark(c, .25)) + stitch("M670 36C674 200 672 360 666 508", dark(c, .25))
    art = group(legs, "translate(262 392) rotate(3 570 250) scale(1.06)") + group(top, "translate(-160 -70) scale(1.08)")
    return canvas(c, group(art, "translate(-40 20)"), floor=1000, spread=330)


def neck_warmer(c: str) -> str:
    art = p("M368 404C356 330 470 292 600 292C730 292 844 330 832 404C824 470 846 520 858 590C872 670 884 740 872 800C858 872 730 896 600 896C470 896 342 872 328 800C316 740 328 670 342 590C354 520 376 470 368 404Z")
    art += ellipse(600, 398, 214, 78, dark(c, .42)) + line("M386 398C390 346 490 320 600 320C710 320 810 346 814 398C814 446 720 478 600 478C480 478 386 446 386 398Z", light(c, .12), 26)
    for x in range(-8, 9):
        art += line(f"M{600 + x * 27} {486 - x * x * .8:.0f}C{600 + x * 30} 600 {600 + x * 31} 740 {600 + x * 33} {886 - x * x * 1.1:.0f}", dark(c, .15), 5)
    art += line("M348 590C430 660 640 650 780 590", dark(c, .22), 12, opacity=".55") + line("M420 740C540 790 740 780 864 700", dark(c, .22), 12, opacity=".55") + line("M352 576C430 644 640 634 770 578", light(c, .25), 6, opacity=".5")
    art += rect(742, 790, 76, 52, "#f4ede0", 6, transform="rotate(-10 780 816)") + group(text(0, 6, "Suovilla", 15, INK), "translate(780 816) rotate(-10)")
    return canvas(c, group(art, "translate(0 -10)"), floor=892, spread=320)


def backpack(c: str) -> str:
    art = line("M540 262C540 200 660 200 660 262", dark(c, .42), 20) + both(p("M380 640C340 640 318 668 318 720V850C318 892 344 912 384 912H420V640Z", dark(c, .2)) + line("M350 660V900", dark(c, .34), 4))
    art += p("M600 236C760 236 832 340 832 480V880C832 936 800 964 750 964H450C400 964 368 936 368 880V480C368 340 440 236 600 236Z")
    art += p("M368 486C368 340 440 236 600 236C760 236 832 340 832 486C760 530 440 530 368 486Z", dark(c, .12))
    art += line("M368 486C440 530 760 530 832 486", dark(c, .4), 8) + rect(588, 508, 24, 62, GREY, 10) + reflector("M372 456C440 494 760 494 828 456")
    art += p("M430 640H770C786 640 794 650 794 664V876C794 906 778 920 750 920H450C422 920 406 906 406 876V664C406 650 414 640 430 640Z", dark(c, .16))
    art += line("M412 690H788", dark(c, .44), 8) + rect(720, 680, 50, 20, GREY, 8) + stitch("M424 900H776", light(c, .4))
    art += group(line("M0 -46L30 0H14L40 44H-40L-14 0H-30Z", "#f6efe2", 8) + line("M0 44V64", "#f6efe2", 8), "translate(600 800)")
    return canvas(c, group(art, "translate(0 -6)"), floor=968, spread=280)


# Furniture

def grain(x, y, w, h, c, rows=3) -> str:
    step = h / (rows + 1)
    return "".join(line(f"M{x + w * .04 + i * 31} {y + step * (i + 1):.0f}C{x + w * .3:.0f} {y + step * (i + 1) - 5:.0f} {x + w * .6:.0f} {y + step * (i + 1) + 6:.0f} {x + w * .95 - i * 40:.0f} {y + step * (i + 1):.0f}", dark(c, .16), 3, opacity=".7") for i in range(rows))


def plant(x, y, pot="#d9cdbb") -> str:
    leaves = "".join(p(f"M0 0C-14 -50 -10 -90 0 -120C10 -90 14 -50 0 0Z", mix("#6f8a5c", "#4f6f5a", abs(a) / 60), transform=f"rotate({a})") for a in (-52, -26, 0, 26, 52))
    return group(leaves + p("M-34 -6H34L26 64H-26Z", pot), f"translate({x} {y})")


def table(c: str) -> str:
    art = both(p("M268 560H330L322 560L300 908C299 916 294 920 286 920H280C272 920 268 914 268 906L250 560Z", dark(c, .16)) + p("M352 560H392L372 840C371 848 367 850 362 850H358C353 850 349 846 349 840Z", dark(c, .34)))
    art += rect(236, 536, 728, 52, dark(c, .22)) + p("M250 430H950L1032 512H168Z", light(c, .12))
    art += "".join(line(f"M{250 - i * 20} {447 + i * 17}C450 {441 + i * 17} 760 {455 + i * 17} {930 + i * 22} {447 + i * 17}", dark(c, .12), 3, opacity=".6") for i in range(4))
    art += rect(168, 512, 864, 30, "url(#c)", 6) + line("M176 527C420 520 760 534 1024 526", dark(c, .18), 3, opacity=".7")
    art += ellipse(600, 470, 120, 22, dark(c, .2), opacity=".35") + p("M500 424H700C696 462 660 486 600 486C540 486 504 462 500 424Z", "#f4f0e8") + ellipse(600, 424, 100, 17, "#e4ddd0")
    art += "".join(ellipse(x, y, 27, fill=f) + line(f"M{x} {y - 24}v-11", INK, 4) for x, y, f in ((562, 411, "#b8503f"), (640, 411, "#c9a544"), (600, 400, "#7d9156")))
    return canvas(c, art, floor=918, spread=400)


def chair(c: str) -> str:
    art = both(p("M424 640L452 640L420 968C419 976 414 980 407 980H400C392 980 388 974 389 966Z", dark(c, .26), transform="translate(52 -46)") + p("M408 660H446L402 1010C401 1018 396 1022 389 1022H380C372 1022 367 1016 368 1008Z"))
    art += line("M416 838H784", dark(c, .2), 18) + both(line("M428 220C436 400 440 500 452 636", c, 26) + line("M434 240C440 400 444 500 454 620", light(c, .3), 5, opacity=".7"))
    art += "".join(line(f"M{600 + x * 46} {226 - (9 - x * x) * 1.2:.0f}C{600 + x * 44} 400 {600 + x * 42} 520 {600 + x * 41} 636", dark(c, .1), 14) for x in (-2.6, -1.3, 0, 1.3, 2.6))
    art += p("M396 178C480 128 720 128 804 178C812 184 814 196 810 210L800 254C796 264 788 268 778 264C700 228 500 228 422 264C412 268 404 264 400 254L390 210C386 196 388 184 396 178Z") + line("M412 192C500 150 700 150 788 192", light(c, .35), 5, opacity=".8")
    art += p("M420 616H780C816 616 838 634 838 660C838 686 812 700 776 700H424C388 700 362 686 362 660C362 634 384 616 420 616Z") + p("M362 660C362 686 388 700 424 700H776C812 700 838 686 838 660C838 676 812 684 776 684H424C388 684 362 676 362 660Z", dark(c, .26))
    art += line("M440 644C520 664 680 664 760 644", dark(c, .16), 4, opacity=".8")
    return canvas(c, group(art, "translate(0 -8)"), floor=1012, spread=270)


def bed_frame(y, c, blanket) -> str:
    art = rect(250, y - 62, 700, 66, "#f7f3ec", 26) + p(f"M460 {y - 70}H930C946 {y - 70} 952 {y - 60} 952 {y - 46}V{y + 6}H446C440 {y - 30} 446 {y - 60} 460 {y - 70}Z", blanket)
    art += "".join(line(f"M{x} {y - 66}V{y}", light(blanket, .25), 6, opacity=".55") for x in range(530, 950, 70)) + rect(270, y - 96, 150, 58, "#ffffff", 26) + line(f"M290 {y - 52}C330 {y - 44} 370 {y - 44} 404 {y - 52}", "#e4ddd0", 4)
    return art + rect(226, y, 748, 62, "url(#c)", 8) + grain(226, y, 748, 62, c, 2)


def bunk_bed(c: str) -> str:
    art = rect(262, 300, 28, 620, dark(c, .22)) + rect(910, 300, 28, 620, dark(c, .22))
    art += bed_frame(470, c, COLOURS["fjord"]) + bed_frame(800, c, COLOURS["cloudberry"])
    art += rect(226, 352, 748, 26, "url(#c)", 6) + "".join(rect(x, 376, 16, 96, dark(c, .1)) for x in (420, 560))
    art += both(rect(206, 240, 46, 722, "url(#c)", 10) + rect(206, 240, 12, 722, light(c, .25), 6, opacity=".7"))
    art += "".join(rect(x, 330, 20, 632, dark(c, .08), 6) for x in (740, 866)) + "".join(rect(744, y, 138, 20, light(c, .12), 6) for y in (560, 650, 740, 830, 915))
    art += both(ellipse(229, 500, 5, fill=dark(c, .5)) + ellipse(229, 830, 5, fill=dark(c, .5)))
    return canvas(c, group(art, "translate(0 0)"), floor=966, spread=420)


def two_beds(c: str) -> str:
    def one(blanket):
        return (rect(236, 380, 28, 190, dark(c, .2)) + rect(936, 420, 28, 150, dark(c, .2)) + bed_frame(500, c, blanket)
                + rect(196, 340, 48, 320, "url(#c)", 10) + rect(956, 400, 48, 260, "url(#c)", 10) + line("M214 360V640", light(c, .3), 5, opacity=".7"))
    shade = ellipse(600, 662, 420, 16, "#4a4034", opacity=".3", filter="url(#soft)")
    art = group(shade + one(COLOURS["fjord"]), "translate(240 130) scale(.78)") + group(shade + one(COLOURS["cloudberry"]), "translate(0 296) scale(.96)")
    return canvas(c, group(art, "translate(0 -20)"), floor=900, spread=440)


def sofa(c: str, fabric: str) -> str:
    art = both(p("M236 850H274L264 936H246Z", COLOURS["birch"]) + p("M400 850H430L422 920H408Z", dark(COLOURS["birch"], .2)))
    art += rect(210, 420, 780, 360, "url(#d)", 60)
    art += "".join(rect(x, 440, 240, 270, "url(#c)", 48) for x in (236, 480, 724))
    art += "".join(line(f"M{x + 30} 466C{x + 90} 452 {x + 150} 452 {x + 210} 466", light(c, .35), 5, opacity=".7") for x in (236, 480, 724))
    art += rect(196, 760, 808, 100, "url(#d)", 26)
    art += "".join(rect(x, 664, 252, 120, light(c, .07), 36) + line(f"M{x + 20} 752C{x + 90} 762 {x + 170} 762 {x + 232} 752", dark(c, .16), 4) for x in (222, 474, 726))
    art += both(p("M150 600C150 556 180 532 214 532C250 532 270 556 270 600V824C270 850 256 862 232 862H190C164 862 150 850 150 824Z") + line("M168 600C170 566 190 550 214 550", light(c, .4), 5, opacity=".7"))
    if fabric == "boucle":
        curls = "".join(ellipse(round(154 + i * .61803 % 1 * 892), round(440 + i * .75488 % 1 * 416), 5, 4, light(c, .4), opacity=".35") for i in range(420))
        cut = rect(214, 440, 772, 400, "#000", 50) + rect(154, 540, 892, 316, "#000", 46)
        art += f'<clipPath id="cut">{cut}</clipPath><g clip-path="url(#cut)">{curls}</g>'
    elif fabric == "leather":
        art += "".join(line(f"M{x + 70} 560l22 12l-10 26M{x + 160} 610l-18 14l14 20", dark(c, .2), 3, opacity=".55") for x in (236, 480, 724)) + "".join(stitch(f"M{x + 18} 772H{x + 236}", light(c, .4)) for x in (222, 474, 726))
    else:
        art += "".join(line(f"M{x + 26} 490V690", dark(c, .1), 2, opacity=".6") for o in (236, 480, 724) for x in range(o, o + 200, 22))
    cushion = {"boucle": "#e8dcc4", "leather": "#d8c8a8", "linen": COLOURS["rust"]}[fabric]
    art += group(rect(-80, -80, 160, 160, cushion, 30) + line("M-52 -40C-20 -52 20 -52 52 -40", light(cushion, .4), 4) + line("M-58 50C-20 62 20 62 58 50", dark(cushion, .15), 4), "translate(340 620) rotate(-12)")
    return canvas(c, group(art, "translate(0 -60)"), floor=876, spread=430)


def books(x, y, tones) -> str:
    art, at = "", x
    for i, t in enumerate(tones):
        h, w = 120 + (i * 37) % 50, 26 + (i * 13) % 16
        art += rect(at, y - h, w, h, t, 3) + rect(at + 5, y - h + 18, w - 10, 8, light(t, .5), 2)
        at += w + 3
    return art


def shelf(c: str) -> str:
    steel = "#4c4f53"
    art = "".join(rect(x, 230, 16, 720, steel, 6) for x in (330, 854))
    for y in (420, 660, 900):
        art += "".join(p(f"M{x} {y + 24}H{x + 16}V{y + 84}L{x} {y + 84}Z", dark(steel, .2)) for x in (330, 854))
    art += books(390, 420, ("#b23a48", "#e3d8c3", "#3f7f93", "#6f7d52", "#2f4260")) + plant(740, 354) + books(600, 660, ("#e8a13d", "#6d7986", "#b8623b", "#efe6d6", "#4f6f5a", "#2f4260"))
    art += p("M380 660V590C380 560 410 548 440 548C470 548 500 560 500 590V660Z", "#f1ece2") + ellipse(440, 552, 34, 8, "#d9cfbf")
    art += rect(400, 780, 150, 120, "#ffffff", 4) + rect(414, 794, 122, 92, "#e9eef0", 2) + p("M414 886L458 834L488 862L510 840L536 886Z", "#7d9aa0") + ellipse(506, 818, 10, fill="#e8a13d")
    art += p("M640 900V812H780V900Z", "#cbb08a") + "".join(line(f"M640 {y}H780", "#b3966d", 4) for y in (832, 854, 876))
    for y in (420, 660, 900):
        art += rect(260, y, 680, 28, "url(#c)", 5) + line(f"M274 {y + 10}C480 {y + 5} 720 {y + 15} 926 {y + 10}", dark(c, .15), 3, opacity=".7") + rect(260, y + 22, 680, 6, dark(c, .25), 3)
    return canvas(c, group(art, "translate(0 -4)"), floor=975, spread=330)


# Care and parts

def label(x, y, w, h, c, words, small) -> str:
    return (rect(x, y, w, h, "#fbf8f2", 10) + rect(x, y, w, 16, c, 6) + text(x + w / 2, y + 78, "Hoivakka", 38, INK, 700) + line(f"M{x + w * .3} {y + 100}H{x + w * .7}", c, 4)
            + text(x + w / 2, y + 146, words, 26, INK, 500) + text(x + w / 2, y + h - 26, small, 22, "#8a8378", 500))


def bottle(c: str, words: str, pump: bool = False) -> str:
    cap = (rect(572, 250, 56, 50, "#6b665e", 8) + p("M520 196H646C660 196 668 206 668 220V252H548C530 252 508 238 494 226C486 216 500 196 520 196Z", "#7c766d") + rect(586, 296, 28, 50, "#8f897f") if pump
           else rect(540, 214, 120, 110, "#6b665e", 16) + "".join(line(f"M{x} 226V312", "#857f76", 4) for x in range(556, 650, 16)))
    art = cap + p("M548 330H652C654 372 770 390 770 480V940C770 968 754 980 728 980H472C446 980 430 968 430 940V480C430 390 546 372 548 330Z")
    art += line("M462 500V930", light(c, .6), 18, opacity=".55") + label(468, 540, 264, 330, c, words, "500 ml")
    return canvas(c, group(art, "translate(0 -8)"), floor=972, spread=210)


def spray_can(c: str) -> str:
    art = rect(530, 214, 140, 110, "#efe9dd", 22) + rect(572, 190, 56, 40, "#dcd3c3", 10) + ellipse(600, 246, 8, fill=INK)
    art += p("M480 372C480 336 520 318 600 318C680 318 720 336 720 372Z", GREY) + rect(472, 366, 256, 616, "url(#c)", 26) + rect(472, 366, 256, 20, dark(c, .2), 8) + rect(472, 964, 256, 18, GREY, 8)
    art += line("M500 420V940", light(c, .6), 16, opacity=".5") + label(488, 500, 224, 330, c, "Kyllästesuihke", "300 ml")
    art += "".join(ellipse(x, y, r, fill=light(c, .4), opacity=".8") for x, y, r in ((750, 250, 8), (786, 230, 11), (790, 268, 7), (832, 218, 8), (836, 256, 12), (838, 292, 7), (880, 236, 7), (884, 276, 9)))
    return canvas(c, group(art, "translate(0 -8)"), floor=974, spread=190)


def tin(c: str, words: str, size: str) -> str:
    art = rect(330, 560, 540, 250, "url(#d)", 30) + ellipse(600, 800, 270, 62, dark(c, .3)) + rect(330, 540, 540, 120, "url(#c)", 20) + ellipse(600, 548, 270, 92, light(c, .1)) + ellipse(600, 540, 236, 76, "#fbf8f2")
    art += text(600, 528, "Hoivakka", 44, INK, 700) + line("M540 546H660", c, 4) + text(600, 584, words, 28, INK, 500) + line("M336 662C440 700 760 700 864 662", dark(c, .3), 5) + text(600, 770, size, 28, "#fbf8f2", 600)
    return canvas(c, art, floor=862, spread=300)


def spare_hood(c: str) -> str:
    art = group(hood(c), "translate(600 640) scale(2.1) translate(-600 -300)")
    art += both("".join(ellipse(x, y, 12, fill=GREY) for x, y in ((372, 728), (430, 776), (510, 806))))
    return canvas(c, group(art, "translate(0 -24)"), floor=846, spread=270)


def insoles(c: str) -> str:
    one = p("M0 -330C80 -330 116 -262 106 -168C100 -104 76 -60 80 10C84 100 104 160 92 236C84 290 48 322 0 322C-48 322 -84 290 -92 236C-102 156 -70 104 -78 10C-84 -66 -110 -104 -110 -172C-110 -262 -78 -330 0 -330Z", "url(#c)")
    one += "".join(ellipse((i * 47) % 150 - 75, (i * 83) % 560 - 280, 4, 3, dark(c, .2), opacity=".5") for i in range(46))
    one += line("M-74 -210C-50 -290 50 -290 74 -210", dark(c, .35), 4, stroke_dasharray="10 9") + line("M-60 -180C-40 -250 40 -250 60 -180", dark(c, .35), 4, stroke_dasharray="10 9") + text(0, 240, "32", 34, dark(c, .5))
    return canvas(c, group(one, "translate(460 590) rotate(-7)") + group(group(one, "scale(-1 1)"), "translate(740 590) rotate(7)"), floor=945, spread=280)


def rain_cover(c: str) -> str:
    art = p("M600 256C780 256 850 390 850 560C850 740 860 860 800 912C740 950 460 950 400 912C340 860 350 740 350 560C350 390 420 256 600 256Z")
    art += reflector("M356 520C460 560 740 560 844 520") + line("M356 850C440 890 760 890 846 850", dark(c, .25), 6, stroke_dasharray="16 12") + line("M430 420C450 360 490 320 540 304", light(c, .6), 18, opacity=".7")
    art += line("M470 620C460 700 462 760 474 820M730 620C742 700 740 760 728 820M600 600V840", dark(c, .14), 6) + rect(584, 908, 32, 56, INK, 10) + line("M600 930C570 990 640 1010 660 980", INK, 7)
    return canvas(c, art, floor=968, spread=270)


def clips(c: str) -> str:
    clip = rect(-28, -10, 56, 90, GREY, 12) + rect(-20, 60, 40, 60, mix(GREY, INK, .25), 8) + rect(-16, 6, 32, 18, mix(GREY, INK, .4), 6)
    def one(y, bend):
        return (line(f"M330 {y}C450 {y + bend} 750 {y - bend} 870 {y}", c, 42) + line(f"M330 {y}C450 {y + bend} 750 {y - bend} 870 {y}", light(c, .45), 5, stroke_dasharray="16 14")
                + group(clip, f"translate(320 {y}) rotate(76)") + group(clip, f"translate(880 {y}) rotate(-76)"))
    return canvas(c, one(480, 190) + one(700, 190), floor=870, spread=330)


def tree_reflector(c: str) -> str:
    shape = "M600 330L742 540H674L792 710H408L526 540H458Z"
    art = line("M600 130C560 190 560 220 592 262M600 130C640 190 640 220 608 262", INK, 5) + ellipse(600, 278, 20, fill="none", stroke=GREY, stroke_width=10) + line("M560 140C580 110 640 110 652 136L574 160Z", mix(GREY, INK, .3), 9)
    art += line(shape, "#ffffff", 46) + p(shape, "#eef1f2") + rect(572, 720, 56, 110, "#ffffff", 10)
    art += "".join(line(f"M{600 - w} {y}L{600 + w} {y - 26}", "#cfd8db", 5) for y, w in ((440, 54), (500, 84), (590, 74), (640, 110), (690, 146)))
    art += line(shape, c, 10)
    return canvas(c, group(art, "translate(600 600) scale(1.06) translate(-600 -490)"), floor=985, spread=170)


def straps(c: str) -> str:
    strap = line("M-200 -60C-200 120 200 120 200 -60", "#3f4247", 46) + line("M-186 -40C-170 90 170 90 186 -40", "#5d6167", 8) + "".join(ellipse(x, y, 7, fill="#efe9dd") for x, y in ((-200, -60), (200, -60), (-196, -10), (196, -10)))
    return canvas(c, group(strap, "translate(600 470) rotate(-6) scale(1.25)") + group(strap, "translate(600 720) rotate(5) scale(1.25)"), floor=890, spread=280)


def felt_pads(c: str) -> str:
    art = rect(310, 290, 580, 600, "#fbf8f2", 26) + rect(310, 290, 580, 600, "none", 26, stroke="#e2dacb", stroke_width=5)
    for i in range(4):
        for j in range(4):
            x, y = 408 + i * 128, 390 + j * 132
            art += ellipse(x + 4, y + 6, 50, fill="#d9d0bf") + ellipse(x, y, 50) + "".join(ellipse(x + (k * 29) % 70 - 35, y + (k * 41) % 70 - 35, 3, 2, light(c, .35), opacity=".7") for k in range(9))
    return canvas(c, group(art, "rotate(-5 600 590)"), floor=930, spread=310)


def safety_rail(c: str) -> str:
    art = "".join(rect(x, 440, 26, 300, dark(c, .08), 6) for x in range(300, 900, 95)) + rect(180, 416, 840, 46, "url(#c)", 14) + rect(180, 716, 840, 46, "url(#c)", 14) + grain(180, 416, 840, 46, c, 2) + grain(180, 716, 840, 46, c, 2)
    art += both(rect(214, 380, 48, 470, "url(#c)", 14) + p("M206 800H270V862C270 880 260 888 244 888H232C214 888 206 880 206 862Z", "#4c4f53"))
    return canvas(c, group(art, "translate(0 -40)"), floor=866, spread=400)


def sofa_legs(c: str) -> str:
    leg = p("M-70 -250H70L44 250C43 262 36 268 24 268H-24C-36 268 -43 262 -44 250Z") + line("M-40 -220L-22 240M10 -220L8 240", dark(c, .14), 4) + rect(-76, -268, 152, 26, dark(c, .35), 8) + rect(-12, -330, 24, 66, GREY, 5) + "".join(line(f"M-12 {y}L12 {y - 8}", mix(GREY, INK, .4), 4) for y in range(-318, -266, 12))
    return canvas(c, "".join(group(leg, f"translate({x} {y}) rotate({a})") for x, y, a in ((330, 600, -5), (510, 640, 3), (690, 600, -3), (870, 640, 5))), floor=905, spread=360)


def screws(c: str) -> str:
    steel, deep = "#b9bfc4", "#7f868c"
    bolt = rect(-16, -150, 32, 320, steel, 8) + "".join(line(f"M-16 {y}L16 {y - 10}", deep, 5) for y in range(-20, 170, 16)) + rect(-40, -200, 80, 56, deep, 16) + rect(-26, -200, 52, 12, dark(deep, .3), 6)
    nut = p("M0 -56L48 -28V28L0 56L-48 28V-28Z", steel) + ellipse(0, 0, 24, fill=dark(deep, .25)) + ellipse(0, 0, 24, fill="none", stroke=deep, stroke_width=6)
    art = "".join(group(bolt, f"translate({x} {y}) rotate({a})") for x, y, a in ((370, 500, -14), (480, 520, -4), (590, 500, 6), (700, 520, 12)))
    art += "".join(group(nut, f"translate({x} {y}) rotate({a})") for x, y, a in ((400, 800, 10), (530, 830, 34), (660, 800, -8), (780, 830, 20)))
    art += line("M860 330V690C860 740 840 752 800 752", "#55595e", 26, stroke_linejoin="round") + line("M854 340V690", "#8c9197", 5)
    return canvas(c, art, floor=930, spread=320)


def folded_cover(c: str) -> str:
    art = ""
    for i, tone in enumerate((dark(c, .12), dark(c, .06), c, light(c, .25))):
        y = 770 - i * 110
        art += rect(280 + i * 8, y, 640 - i * 16, 124, tone, 52) + line(f"M{330 + i * 8} {y + 92}C480 {y + 102} 760 {y + 102} {868 - i * 8} {y + 92}", dark(c, .22), 4, opacity=".6")
    art += rect(540, 404, 120, 492, "#f7f1e6", 8) + rect(540, 404, 120, 492, "none", 8, stroke="#ddd0b8", stroke_width=3) + text(600, 640, "Tuohikko", 25, INK, 700) + line("M566 660H634", COLOURS["rust"], 4)
    return canvas(c, group(art, "translate(0 -30)"), floor=872, spread=330)


def tube(c: str) -> str:
    art = rect(552, 220, 96, 90, "#4c4742", 14) + "".join(line(f"M{x} 232V300", "#6a645d", 4) for x in range(566, 640, 14))
    art += p("M556 310H644C652 350 708 360 716 410L744 930H456L484 410C492 360 548 350 556 310Z") + rect(446, 920, 308, 60, dark(c, .14), 8) + "".join(line(f"M{x} 930V970", dark(c, .28), 4) for x in range(464, 744, 18))
    art += line("M512 440L492 900", light(c, .55), 16, opacity=".55") + label(500, 500, 200, 310, dark(c, .2), "Kenkävoide", "75 ml")
    return canvas(c, group(art, "translate(0 -8)"), floor=976, spread=190)


C = COLOURS
PICTURES = {
    "HH-1001.jpg": winter_jacket(C["sand"]), "HH-1001_moss.jpg": winter_jacket(C["moss"]), "HH-1001_2.jpg": jacket_back(C["sand"]),
    "HH-1002.jpg": snowsuit(C["night"]), "HH-1002_cloudberry.jpg": snowsuit(C["cloudberry"]),
    "HH-1003.jpg": rain_jacket(C["cloudberry"]), "HH-1003_fjord.jpg": rain_jacket(C["fjord"]), "HH-1004.jpg": dungarees(C["fjord"]),
    "HH-1005.jpg": spring_jacket(C["lingonberry"]), "HH-1005_moss.jpg": spring_jacket(C["moss"]),
    "HH-1101.jpg": boots(C["pine"], True), "HH-1101_2.jpg": boot_soles(C["pine"]),
    "HH-1102.jpg": boots(C["cloudberry"], False), "HH-1102_lingonberry.jpg": boots(C["lingonberry"], False),
    "HH-1201.jpg": beanie(C["oat"]), "HH-1201_lingonberry.jpg": beanie(C["lingonberry"]), "HH-1201_slate.jpg": beanie(C["slate"]),
    "HH-1202.jpg": mittens(C["slate"]), "HH-1202_lingonberry.jpg": mittens(C["lingonberry"]), "HH-1203.jpg": neck_warmer(C["slate"]),
    "HH-1301.jpg": base_layer(C["oat"]), "HH-1301_night.jpg": base_layer(C["night"]),
    "HH-1401.jpg": backpack(C["fjord"]), "HH-1401_cloudberry.jpg": backpack(C["cloudberry"]),
    "HH-2001.jpg": parka(C["moss"]), "HH-2001_charcoal.jpg": parka(C["charcoal"]),
    "HH-2002.jpg": shell(C["night"], "#e8a13d"), "HH-2002_rust.jpg": shell(C["rust"], "#f3dfb8"),
    "HH-3001.jpg": table(C["oak"]), "HH-3001_birch.jpg": table(C["birch"]),
    "HH-3002.jpg": chair(C["birch"]), "HH-3002_black.jpg": chair(C["black"]), "HH-3002_oak.jpg": chair(C["oak"]),
    "HH-3003.jpg": bunk_bed(C["pinewood"]), "HH-3003_2.jpg": two_beds(C["pinewood"]),
    "HH-3004.jpg": sofa(C["oat"], "linen"), "HH-3004_moss.jpg": sofa(C["moss"], "boucle"), "HH-3004_cognac.jpg": sofa(C["cognac"], "leather"),
    "HH-3005.jpg": shelf(C["birch"]), "HH-3005_2.jpg": shelf(C["oak"]),
    "HH-4001.jpg": spare_hood(C["sand"]), "HH-4002.jpg": insoles("#b9ae9d"), "HH-4003.jpg": rain_cover(C["cloudberry"]), "HH-4004.jpg": clips(C["lingonberry"]),
    "HH-4005.jpg": tree_reflector(C["pine"]), "HH-4007.jpg": straps(C["slate"]),
    "HH-5001.jpg": bottle("#8fa9a3", "Villanpesuaine"), "HH-5002.jpg": spray_can("#5f87a3"), "HH-5003.jpg": bottle("#c9907c", "Puhdistusaine", True),
    "HH-5004.jpg": tin("#8a6a45", "Nahkavaha", "100 ml"), "HH-5005.png": bottle("#d3b06a", "Puusaippua"), "HH-5006.jpg": tube("#c4b6a2"),
    "HH-6001.webp": felt_pads("#8d857a"), "HH-6002.jpg": safety_rail(C["pinewood"]), "HH-6003.jpg": sofa_legs(C["birch"]),
    "HH-6004.jpg": screws("#9aa4ac"), "HH-6005.jpg": folded_cover(C["oat"]),
}
