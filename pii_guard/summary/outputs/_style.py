"""The style of the HTML page: system fonts with Chinese faces, colours of light and dark, and of paper."""

from __future__ import annotations

CSS = """
:root{color-scheme:light dark;--ground:#f5f6f8;--sheet:#fff;--ink:#1c2430;--soft:#5b6675;--line:#dde2e9;
--stripe:#f8f9fb;--accent:#2d5f9e;--critical:#8e1b4d;--high:#c8312b;--medium:#c77700;--low:#2f7d8c;--info:#6b7684;
--good:#23794a;--alarm-ground:#fdecea;--note-ground:#eef3fa;--good-ground:#e9f6ee}
@media (prefers-color-scheme:dark){:root{--ground:#12161c;--sheet:#1a2029;--ink:#e4e8ee;--soft:#9aa6b5;--line:#323c49;
--stripe:#1f2631;--accent:#7fb0ea;--critical:#f26fa5;--high:#ff7b72;--medium:#f0a943;--low:#5fc3d4;--info:#9aa6b5;
--good:#5dcb8b;--alarm-ground:#3a1d20;--note-ground:#1d2a3b;--good-ground:#17301f}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.65 system-ui,-apple-system,"PingFang SC",
"Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC","WenQuanYi Micro Hei",
"WenQuanYi Zen Hei",sans-serif}
header,main,footer{max-width:1080px;margin:0 auto;padding:0 24px}
header{padding-top:32px}
h1{font-size:28px;line-height:1.3;margin:0 0 4px}
header p{color:var(--soft);margin:0 0 16px}
nav{display:flex;flex-wrap:wrap;gap:6px 18px;padding:10px 0 14px;border-top:1px solid var(--line)}
a{color:var(--accent);text-decoration:none}
a:hover{text-decoration:underline}
section{background:var(--sheet);border:1px solid var(--line);border-radius:10px;padding:8px 24px 20px;margin:0 0 20px}
h2{font-size:20px;margin:14px 0 10px}
.text{margin:10px 0}
.alarm,.note,.good{border-left:4px solid;border-radius:4px}
p.alarm,p.note,p.good{padding:9px 14px}
.alarm{border-color:var(--high);background:var(--alarm-ground)}
p.alarm{font-weight:600}
.note{border-color:var(--accent);background:var(--note-ground)}
.good{border-color:var(--good);background:var(--good-ground)}
.facts{list-style:none;padding:0;margin:16px 0;display:grid;gap:12px;grid-template-columns:repeat(auto-fit,minmax(128px,1fr))}
.facts li{border:1px solid var(--line);border-radius:8px;padding:10px 14px;background:var(--stripe)}
.facts li.alarm{background:var(--alarm-ground);border-color:var(--high)}
.facts li.good{background:var(--good-ground);border-color:var(--good)}
.facts b{display:block;font-size:26px;line-height:1.25;font-variant-numeric:tabular-nums}
.facts span{color:var(--soft);font-size:13px}
figure{margin:20px 0 8px}
figcaption,caption{font-weight:600;text-align:left;padding:8px 0;caption-side:top}
svg{display:block;width:100%;height:auto}
svg text{font-size:14px;fill:var(--ink)}
svg .head{fill:var(--soft);font-size:13px}
svg .middle{text-anchor:middle;font-variant-numeric:tabular-nums}
svg .none{fill:var(--soft);opacity:.55}
svg .count{font-weight:700}
svg.small{display:none}
.bar{fill:var(--accent)}
.empty{fill:var(--stripe);stroke:var(--line)}
.fill-critical{fill:var(--critical)}.fill-high{fill:var(--high)}.fill-medium{fill:var(--medium)}
.fill-low{fill:var(--low)}.fill-info{fill:var(--info)}
.wide{overflow-x:auto;margin:14px 0 4px}
table{width:100%;border-collapse:collapse;font-size:14px;line-height:1.5;table-layout:fixed;min-width:640px}
th,td{text-align:left;vertical-align:top;padding:7px 9px;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
thead th{color:var(--soft);font-weight:600;font-size:13px;border-bottom:2px solid var(--line)}
tbody tr:nth-child(even){background:var(--stripe)}
.number{font-variant-numeric:tabular-nums}
.zero{color:var(--soft)}
.badge{display:inline-block;padding:0 8px;border-radius:9px;border:1px solid;font-size:13px;font-weight:600;white-space:nowrap}
.critical{color:var(--critical)}.high{color:var(--high)}.medium{color:var(--medium)}.low{color:var(--low)}.info{color:var(--info)}
.more{color:var(--soft);font-size:13px;margin:4px 0}
.sign th,.sign td{border:1px solid var(--line)}
.sign tbody th,.sign tbody td{height:56px;vertical-align:middle;background:var(--sheet)}
footer{color:var(--soft);font-size:13px;padding-bottom:32px}
@media screen and (max-width:640px){header,main,footer{padding-left:10px;padding-right:10px}section{padding:4px 12px 14px}
svg.large{display:none}svg.small{display:block}
table{min-width:0}table,caption,tbody,tr,td{display:block}colgroup,thead{display:none}
tbody tr{border-bottom:2px solid var(--line);padding:6px 0}
td{border:0;padding:3px 6px 3px 7.5em;position:relative;min-height:1.6em}
td::before{content:attr(data-label);position:absolute;left:6px;width:6.4em;color:var(--soft);font-size:13px}
.sign tbody th{display:block;height:auto;padding:7px 9px}.sign tbody td{height:44px;padding-left:7.5em}}
@page{size:A4;margin:14mm 12mm}
@media print{:root{color-scheme:light;--ground:#fff;--sheet:#fff;--ink:#000;--soft:#444;--line:#bbb;--stripe:#f6f6f6;
--accent:#2d5f9e;--critical:#8e1b4d;--high:#c8312b;--medium:#a86300;--low:#2f7d8c;--info:#555;--good:#23794a;
--alarm-ground:#fdecea;--note-ground:#eef3fa;--good-ground:#e9f6ee}
body{font-size:11px;-webkit-print-color-adjust:exact;print-color-adjust:exact}nav{display:none}
header,main,footer{max-width:none;padding:0}section{border:0;padding:0;margin:0 0 14px}
table,thead th,.more{font-size:10px}table{min-width:0}.wide{overflow:visible}thead{display:table-header-group}tr,figure,.facts li{break-inside:avoid}
h2,caption,p.note{break-after:avoid}.facts{grid-template-columns:repeat(7,1fr);gap:6px}.facts li{padding:6px 8px}.facts b{font-size:17px}.facts span{font-size:10px}
.badge{font-size:10px;padding:0 5px}.sign,#signatures{break-inside:avoid}
caption{break-inside:avoid}thead{break-after:avoid}tbody tr:nth-child(-n+2),tbody tr:nth-last-child(2){break-after:avoid}
#signatures,footer{break-before:avoid}footer{padding:0;font-size:10px;break-inside:avoid}}
"""
