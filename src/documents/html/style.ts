import { PICTURE_STYLE } from '../pictures/svg.ts';

/**
 * The style of the page, on the colours of the pictures (`--p-…`), so that their contrast is checked once.
 * No images, no fonts, nothing fetched. Tables become stacked rows on narrow screens; long lists are laid out when seen.
 */
export const PAGE_STYLE: string = `${PICTURE_STYLE}
:root{color-scheme:light dark}
*{box-sizing:border-box}
html{scroll-padding-top:1rem}
body{margin:0;background:var(--p-paper);color:var(--p-ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
body>*{max-width:66rem;margin-inline:auto;padding-inline:1rem}
a{color:var(--p-link)}
:focus-visible{outline:3px solid var(--p-link);outline-offset:2px}
h1,h2,h3,p,li,td,th,dd,dt,summary,figcaption,code{overflow-wrap:anywhere}
header{padding-top:1.5rem}
h1{margin:0 0 .25rem;font-size:1.75rem;line-height:1.2}
h2{margin:2.5rem 0 .5rem;padding-top:.75rem;border-top:2px solid var(--p-rule);font-size:1.375rem;line-height:1.25}
h3{margin:0;font-size:1.0625rem}
.why h3{margin:.25rem 0;font-size:.875rem;color:var(--p-muted)}
p{margin:.5rem 0}
.m,.lead+.m{color:var(--p-muted)}
.s{font-size:.875rem}
code,pre,kbd{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.875em}
pre{margin:.5rem 0;padding:.5rem .75rem;border:1px solid var(--p-rule);border-radius:.25rem;background:var(--p-none);white-space:pre-wrap;overflow-wrap:anywhere}
.skip{position:absolute;left:-99rem}
.skip:focus{position:static;display:block;padding:.5rem 1rem}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;margin:.5rem 0;padding:0;list-style:none}
nav a{display:inline-block;padding:.25rem 0}
.verdict{margin:1rem 0;padding:.75rem 1rem;border:2px solid var(--p-rule);border-left-width:.75rem}
.verdict.block{border-color:var(--p-critical)}
.verdict.unknown{border-color:var(--p-medium)}
.verdict p:first-child{margin-top:0;font-size:1.25rem;font-weight:600}
.verdict p:last-child{margin-bottom:0}
.tiles{display:flex;flex-wrap:wrap;gap:.5rem;margin:.75rem 0;padding:0}
.tiles>div{flex:1 1 6rem;padding:.375rem .75rem;border:1px solid var(--p-rule);border-top:.375rem solid var(--p-rule)}
.tiles .t-critical{border-top-color:var(--p-critical)}
.tiles .t-high{border-top-color:var(--p-high)}
.tiles .t-medium{border-top-color:var(--p-medium)}
.tiles .t-low{border-top-color:var(--p-low)}
.tiles dt{font-size:.875rem}
.tiles dd{margin:0;font-size:1.5rem;font-weight:600;font-variant-numeric:tabular-nums}
.b{display:inline-block;padding:0 .5em;border:1px solid transparent;border-radius:.25rem;background:var(--p-unknown);color:var(--p-paper);font-size:.8125rem;font-weight:600;white-space:nowrap}
.b-critical{background:var(--p-critical)}
.b-high{background:var(--p-high)}
.b-medium{background:var(--p-medium)}
.b-low{background:var(--p-low)}
.actions{margin:0;padding:0;list-style:none;counter-reset:a}
.actions>li{margin:.75rem 0;padding:.625rem .875rem;border:1px solid var(--p-rule);border-radius:.25rem}
.actions h3 .b{margin-right:.5em}
.cmd{position:relative}
.cmd button{position:absolute;top:.3rem;right:.3rem}
.cmd.js pre{padding-right:5rem}
button,select,input{font:inherit;color:inherit;background:var(--p-paper);border:1px solid var(--p-rule);border-radius:.25rem;padding:.25rem .5rem;min-height:2rem}
button{cursor:pointer;font-size:.875rem}
ul.plain{margin:.25rem 0;padding-left:1.25rem}
summary{cursor:pointer;padding:.25rem 0}
figure{margin:.75rem 0}
svg.p{display:block;max-width:100%;height:auto}
.narrow,.paper{display:none}
.chunk{content-visibility:auto;contain-intrinsic-size:auto 60rem}
table{width:100%;margin:.5rem 0;border-collapse:collapse;font-size:.875rem}
table.f{table-layout:fixed}
caption{padding:.25rem 0;text-align:left;color:var(--p-muted)}
th,td{padding:.3rem .375rem;border-bottom:1px solid var(--p-rule);text-align:left;vertical-align:top}
thead th{border-bottom-width:2px}
tbody th{font-weight:400}
tbody th b{font-weight:600}
.n{text-align:right;font-variant-numeric:tabular-nums}
tr:target,article:target{outline:3px solid var(--p-link)}
.ev p{margin:.25rem 0}
.filter{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:end;margin:.5rem 0;padding:.625rem .75rem;background:var(--p-none)}
.filter label{display:flex;flex-direction:column;font-size:.875rem}
.filter output{flex-basis:100%}
[hidden]{display:none!important}
.why{display:grid;grid-template-columns:1fr 1.4fr 1fr;gap:.25rem 1rem;margin:.5rem 0;padding:.625rem .875rem;border:1px solid var(--p-rule)}
.why>div+div{padding-left:1rem;border-left:2px solid var(--p-rule)}
.why ul{margin:0;padding:0;list-style:none}
.map{display:none;scroll-margin-top:1rem}
.map:target,.maps>.map:first-child{display:block}
.maps:has(>.map:target)>.map:first-child:not(:target){display:none}
footer{margin-top:3rem;padding-block:1rem;border-top:2px solid var(--p-rule);color:var(--p-muted);font-size:.875rem}
.c0{width:26%}.c1{width:13%}.c2{width:14%}.c3{width:13%}.c4{width:12%}.c5{width:22%}
.g0{width:13%}.g1{width:20%}.g2{width:41%}.g3{width:14%}.g4{width:12%}
.h0{width:10%}.h1{width:25%}.h2{width:47%}.h3{width:18%}
@media (max-width:40rem){
.wide{display:none}
.narrow{display:block}
.why{grid-template-columns:1fr}
.why>div+div{padding:.25rem 0 0;border-left:0;border-top:1px solid var(--p-rule)}
.f,.f tbody,.k,.k tbody,.f caption,.k caption{display:block}
.f thead,.k thead{position:absolute;left:-99rem}
.f tr,.k tr{display:flex;flex-wrap:wrap;gap:0 .75rem;padding:.4rem 0;border-bottom:1px solid var(--p-rule)}
.f th,.f td,.k th,.k td{padding:0;border:0}
.f td:empty,.k td:empty{display:none}
.f .w,.k tbody th,#inventory-list tbody th{flex-basis:100%}
.k td::before{content:attr(data-l) ": ";color:var(--p-muted)}
#findings-list td:nth-child(5)::before{content:"fixed in ";color:var(--p-muted)}
td.n{text-align:left}
}
thead th,.n{overflow-wrap:normal}
.f thead th{overflow-wrap:anywhere}
@media print,(min-width:40.01rem){td:last-child{min-width:9rem}}
@media (forced-colors:active){.b{background:Canvas;color:CanvasText}.b,.tiles>div{border-color:CanvasText}}
@media print{
body>*{max-width:none}
nav,.skip,.filter,.cmd button{display:none!important}
.b{color:#000;background:none;border-color:#000}
.chunk{content-visibility:visible}
.again:not([open]),.ev:not([open]),.long{display:none}
.paper{display:block}
.actions>li,tr,figure{break-inside:avoid}
h2,h3{break-after:avoid}
a{color:inherit}
}
`;
