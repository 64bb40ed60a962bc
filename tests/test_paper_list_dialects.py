# ruff: noqa: E501 (the fixtures are lines as lists print them)
"""The dialects of paper lists: one small invented list each, and what must be read from it."""

import time

import pytest
from paper_list_page import read_like

from review_kit.formats import paper_lists

P, Q = "https://arxiv.org/abs/2401.00001", "https://arxiv.org/abs/2402.00002"
C = "https://github.com/someone/something"
WATER, STONE = "Watering Plants with Large Sprinklers", "StoneSkip: Counting Ripples on Quiet Lakes"
FERN = "Ferns That Grow in the Shade of Old Mills"

DIALECTS = {
    "label, pipes, labelled links": (f"""
## 1. Gardens <div id = "s1"></div>
1. [2401'arXiv] | {WATER} | [`[paper]`]({P}) | [`[code]`]({C})
2. [2402'Nature Medicine] | {STONE}| [`[paper]`]({Q})
""", [dict(title=WATER, url=P, code_url=C, venue="arXiv", year=2024, month=1, arxiv_id="2401.00001", section=["1. Gardens"]),
      dict(title=STONE, url=Q, code_url=None, venue="Nature Medicine", year=2024, month=2)]),
    "linked bold title, authors in italic brackets": (f"""
# List
### Ponds
1. **[{WATER}]({P})** *(Ann Lee, Bo van Dam).* 2025
2. **[{STONE}]({Q})** *(Ann Lee et al.).* AAAI'24
3. Ripple:**[Reading Ponds by Ear and Eye]({Q})** *Ann Lee, Bo Dam* ICCV'25
""", [dict(title=WATER, authors=["Lee, Ann", "van Dam, Bo"], n_authors=2, year=2025, section=["List", "Ponds"]),
      dict(title=STONE, authors=["Lee, Ann"], et_al=True, n_authors=None, venue="AAAI", year=2024),
      dict(title="Reading Ponds by Ear and Eye", authors=["Lee, Ann", "Dam, Bo"], venue="ICCV", year=2025)]),
    "bold title, italic authors, venue, links in brackets": (f"""
- **{WATER}**. *Ann Lee, Bo Dam, Cy Ek*. ICML 2019. [[pdf]({P})] [[code & model]({C})]
- **{STONE}**. *Ann Lee*. preprint. [[pdf]({Q})]
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo", "Ek, Cy"], venue="ICML", year=2019, code_url=C),
      dict(title=STONE, authors=["Lee, Ann"], url=Q)]),
    "venue and two dates in a bold label, short name before the title": (f"""
* [**AAAI, 2024/2023.10**] **Pond42**: Evaluating Pond Models in the Wild. [paper]({P}) [Model](https://huggingface.co/x/y)
* [**2024.02**] **Lake-7B**: An Open Model for Lakes. [paper]({Q})
""", [dict(title="Pond42: Evaluating Pond Models in the Wild", venue="AAAI", year=2024, url=P),
      dict(title="Lake-7B: An Open Model for Lakes", year=2024, month=2)]),
    "badges as links and a comment": (f"""
- [**{WATER}**]({P}) [![Paper](https://img.shields.io/badge/arXiv-b22222)]({P}) [![Star](https://img.shields.io/github/stars/someone/something.svg?style=social)]({C}) <!-- 02-26 -->
- [**{STONE}**]({Q}) [![Paper](https://img.shields.io/badge/ICLR'24-blue)]({Q})
""", [dict(title=WATER, url=P, code_url=C), dict(title=STONE, url=Q, venue="ICLR", year=2024)]),
    "dash, bold venue, small date and note": (f"""
## Water
- [{WATER}]({P}) — **ACL** <sub>2026-01 · 35 citations</sub>
  <sub>Shows how sprinklers scale.</sub>
- [{STONE}]({Q}) — **EMNLP** <sub>2025-11 · 2 citations</sub>
""", [dict(title=WATER, venue="ACL", year=2026, month=1), dict(title=STONE, venue="EMNLP", year=2025, month=11)]),
    "year in the heading, venue first": (f"""
## Year 2022
- **CVPR** (image) [{WATER}]({P}). [[code]]({C})
- **TIP** (video) [{STONE}]({Q}).
""", [dict(title=WATER, venue="CVPR", year=2022, year_inferred=True, code_url=C, url=P), dict(title=STONE, venue="TIP", year=2022)]),
    "daily table with ids as link text": (f"""
## Ponds
|Publish Date|Title|Authors|PDF|Code|
|---|---|---|---|---|
|**2024-01-02**|**{WATER}**|Ann Lee et.al.|[2401.00001]({P})|null|
|**2024-02-03**|**{STONE}**|Bo Dam et.al.|[2402.00002v2](https://arxiv.org/abs/2402.00002v2)|**[link]({C})**|
""", [dict(title=WATER, year=2024, month=1, day=2, authors=["Lee, Ann"], et_al=True, url=P, code_url=None),
      dict(title=STONE, day=3, arxiv_version=2, code_url=C)]),
    "table with star badge over the title": (f"""
| Title | Venue | Date | Code | Demo |
|:--|:--:|:--:|:--:|:--:|
| ![Star](https://img.shields.io/github/stars/someone/something.svg?style=social&label=Star) <br> [**{WATER}**]({P}) <br> | arXiv | 2024-01-10 | [Github]({C}) | - |
| [**{STONE}**]({Q}) <br> | NeurIPS | 2024-02-20 | - | [Demo](https://pond.example/) |
""", [dict(title=WATER, venue="arXiv", year=2024, month=1, day=10, url=P, code_url=C),
      dict(title=STONE, venue="NeurIPS", code_url=None)]),
    "html table": (f"""
<table>
<tr><th>Year</th><th>Paper</th><th>Where</th><th>Links</th></tr>
<tr><td>2023</td><td><a href="{P}">{WATER}</a></td><td>KDD</td><td><a href="{C}">code</a></td></tr>
<tr><td>2022</td><td>{STONE}</td><td>WWW</td><td><a href="{Q}">pdf</a></td></tr>
</table>
""", [dict(title=WATER, year=2023, venue="KDD", url=P, code_url=C), dict(title=STONE, year=2022, venue="WWW", url=Q)]),
    "weekly table with the abstract beside the title": (f"""
## Top Papers (March 3 - March 9)
| **Paper** | **Links** |
| --- | --- |
| 1) **{WATER}** - proposes to water plants with sprinklers; gains 3% on GardenBench. | [Paper]({P}), [Tweet](https://x.com/a/status/1) |
| 2) **{STONE}** - counts ripples. | [Paper]({Q}) |
""", [dict(title=WATER, url=P), dict(title=STONE, url=Q)]),
    "citation with authors first and a quoted bold title": (f"""
**[1]** Lee, Ann B., Bo Dam, and Cy Ek. "**{WATER}**." Neural computation 18.7 (2006): 1527-1554. [[pdf]]({P}) **(Sprinkler)** :star::star:

**[2]** Dam, Bo, et al. "**{STONE}**." arXiv preprint arXiv:2402.00002 (2024). [[pdf]]({Q}) :star:
""", [dict(title=WATER, year=2006, url=P), dict(title=STONE, year=2024, authors=["Dam, Bo"], et_al=True)]),
    "quoted title in a reference": (f"""
- A. Lee and B. Dam, "{WATER}," in Proc. CVPR, 2020. [PDF]({P})
- C. Ek et al., "{STONE}," IEEE Transactions on Ponds, 2021. [PDF]({Q})
""", [dict(title=WATER, authors=["Lee, A.", "Dam, B."], year=2020), dict(title=STONE, authors=["Ek, C."], et_al=True, year=2021)]),
    "reference in APA": (f"""
- Lee, A., & Dam, B. (2020). {WATER}. *Journal of Ponds*, 3(2), 1-10. https://doi.org/10.1234/pond.1
- Ek, C. (2021). {STONE}. *Lakes*, 4, 5-9. https://doi.org/10.1234/pond.2
""", [dict(title=WATER, authors=["Lee, A.", "Dam, B."], year=2020, doi="10.1234/pond.1", url="https://doi.org/10.1234/pond.1"),
      dict(title=STONE, authors=["Ek, C."], year=2021)]),
    "Chinese list": (f"""
## 一、池塘
1. 【ACL 2023】基于喷头的植物浇水方法研究 [论文]({P}) [代码]({C})
2. 【2024.02】静水涟漪计数 [论文]({Q})
""", [dict(title="基于喷头的植物浇水方法研究", venue="ACL", year=2023, url=P, code_url=C, section=["一、池塘"]),
      dict(title="静水涟漪计数", year=2024, month=2)]),
    "named lines under a bold title": (f"""
- **{WATER}**
  - Authors: Ann Lee, Bo Dam
  - Venue: CVPR 2023
  - Paper: {P}
  - Code: {C}
- **{STONE}**
  - Authors: Cy Ek
  - Paper: {Q}
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], venue="CVPR", year=2023, url=P, code_url=C),
      dict(title=STONE, authors=["Ek, Cy"], url=Q)]),
    "a heading for each paper": (f"""
# Papers
### [{WATER}]({P})
*Ann Lee, Bo Dam*

CVPR 2023 [[code]({C})]

### [{STONE}]({Q})
*Cy Ek*
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], venue="CVPR", year=2023, code_url=C), dict(title=STONE, authors=["Ek, Cy"])]),
    "paragraphs with line breaks": (f"""
#### Ponds

**{WATER}**<br>
*Ann Lee, Bo Dam*<br>
[28th Oct., 2023] [arXiv, 2023]<br>
[[Paper]({P})] [[GitHub]({C})]<br>

**{STONE}**<br>
*Cy Ek*<br>
[2nd Aug., 2023] [Nature Medicine, 2023]<br>
[[Paper]({Q})]<br>
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], venue="arXiv", year=2023, month=10, day=28, code_url=C),
      dict(title=STONE, venue="Nature Medicine", day=2)]),
    "paragraph for each part": (f"""
**{WATER}**

*Ann Lee, Bo Dam*

[[Paper]({P})]

**{STONE}**

*Cy Ek, Ann Lee*

[[Paper]({Q})]
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], url=P), dict(title=STONE, authors=["Ek, Cy", "Lee, Ann"], url=Q)]),
    "lines without a list marker": (f"""
## Ponds
{WATER} [[pdf]({P})]
{STONE} [[pdf]({Q})] [[code]({C})]
""", [dict(title=WATER, url=P), dict(title=STONE, url=Q, code_url=C)]),
    "plain title, authors and venue after commas": (f"""
- {WATER}, Lee et al., CVPR 2020. [paper]({P})
- {STONE} (2021), A. Lee and B. Dam [[pdf]]({Q})
""", [dict(title=WATER, authors=["Lee"], et_al=True, venue="CVPR", year=2020),
      dict(title=STONE, authors=["Lee, A.", "Dam, B."], year=2021)]),
    "date, title, authors, spelled out link": (f"""
- 2024-01-01, **{WATER}**, Ann Lee et.al., Paper: [{P}]({P})
- 2024-02-02, **{STONE}**, Bo Dam et.al., Paper: [{Q}]({Q}), Code: **[{C}]({C})**
""", [dict(title=WATER, url=P, year=2024, month=1, day=1, authors=["Lee, Ann"]), dict(title=STONE, url=Q, code_url=C)]),
    "venue glued to the title": (f"""
- ICML'23 {WATER} [[arxiv]({P})]
  - how to water plants
- 20240716 MICCAI-21 [{STONE}]({Q})
- [A Plain Title without Any Venue Given]({Q})
""", [dict(title=WATER, venue="ICML", year=2023, url=P), dict(title=STONE, venue="MICCAI", year=2021, url=Q),
      dict(title="A Plain Title without Any Venue Given", venue=None)]),
    "links before the title": (f"""
- [[Paper]({P})] [[Code]({C})] {WATER} (CVPR 2023)
- [[Paper]({Q})] {STONE} (Arxiv 2024)
""", [dict(title=WATER, url=P, code_url=C, venue="CVPR", year=2023), dict(title=STONE, venue="Arxiv")]),
    "venue as the link's text after the title": (f"""
- **{WATER}** [[ICLR24]]({P}) [[code]]({C})
- **{STONE}** [[arXiv'24]]({Q})
""", [dict(title=WATER, venue="ICLR", year=2024, url=P, code_url=C), dict(title=STONE, venue="arXiv", year=2024)]),
    "title link, authors after a dash, venue as code": (f"""
- [{WATER}]({P}) - Ann Lee, Bo Dam, `ICML 2020`
- [{STONE}]({Q}) - Cy Ek, Bo Dam, `ACL 2021` [[code]({C})]
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], venue="ICML", year=2020), dict(title=STONE, year=2021, code_url=C)]),
    "bare link": (f"""
- {WATER} {P}
- {STONE}: {Q}
""", [dict(title=WATER, url=P, arxiv_id="2401.00001"), dict(title=STONE, url=Q)]),
    "author and year as a label": (f"""
* [Lee et al., 2017] [{WATER}]({P})
* [Dam & Ek, 2018] [{STONE}]({Q})
""", [dict(title=WATER, url=P, year=2017), dict(title=STONE, url=Q, year=2018)]),
    "html items": (f"""
<ul>
<li><b>{WATER}</b><br/><i>Ann Lee, Bo Dam</i><br/>CVPR 2023 <a href="{P}">[paper]</a> <a href="{C}">[code]</a></li>
<li><b>{STONE}</b><br/><i>Cy Ek, Ann Lee</i><br/>ECCV 2022 <a href="{Q}">[paper]</a></li>
</ul>
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], venue="CVPR", year=2023, url=P, code_url=C),
      dict(title=STONE, venue="ECCV", year=2022)]),
    "folded groups": (f"""
## Papers
<details open>
<summary>Faster Ponds</summary>

- [{WATER}]({P}), Lee et al., CVPR 2022 | [github]({C}) | [bibtex](./x.txt)
</details>
<details>
<summary>Deeper Ponds</summary>

- [{STONE}]({Q}), Ek and Dam, Arxiv 2021 | [bibtex](./y.txt) <!---Ek21-->
</details>
""", [dict(title=WATER, authors=["Lee"], et_al=True, section=["Papers", "Faster Ponds"], code_url=C, venue="CVPR"),
      dict(title=STONE, authors=["Ek", "Dam"], section=["Papers", "Deeper Ponds"], year=2021)]),
    "topics as parent items": (f"""
- Watering
  - [{WATER}]({P})
  - [A Second Look at Wet Plants]({Q})
- Counting
  - [{STONE}]({Q})
""", [dict(title=WATER, section=["Watering"]), dict(title="A Second Look at Wet Plants"), dict(title=STONE, section=["Counting"])]),
    "blank between label and link, heading without blank": (f"""
##Ponds
- [{WATER}] ({P})
- [{STONE}] ({Q})
""", [dict(title=WATER, url=P, section=["Ponds"]), dict(title=STONE, url=Q)]),
    "short name linked, title after a colon, in a table": (f"""
| Title | Institute | Date | Code
| :-- | :--: | :--: | :--: |
| [Pond-PaLM]({P}): Large Language Models Encode Pond Knowledge | Lake Labs <br> ![citations](https://img.shields.io/badge/dynamic/json?url=x) | 2022-12 | [Github]({C}) |
| [{STONE}]({Q}) | Ripple Inc | 2023-01 | - |
""", [dict(title="Pond-PaLM: Large Language Models Encode Pond Knowledge", organisation="Lake Labs", year=2022, month=12, code_url=C),
      dict(title=STONE, organisation="Ripple Inc", code_url=None)]),
    "slashes, emoji and stars": (f"""
- 🔥 **[CVPR 2024]** [{WATER}]({P}) | [Code]({C}) | [Project](https://pond.github.io/)
- ⭐ **[NeurIPS 2023 Oral]** [{STONE}]({Q}) | [Project](https://lake.github.io/)
""", [dict(title=WATER, venue="CVPR", year=2024, code_url=C, project_url="https://pond.github.io/"),
      dict(title=STONE, venue="NeurIPS", year=2023, code_url=None)]),
    "year first, authors last": (f"""
* 2016 - [{WATER}]({P}) - Ann Lee, Bo Dam
* 2017 - [{STONE}]({Q}) - Cy Ek, Bo Dam
""", [dict(title=WATER, year=2016, authors=["Lee, Ann", "Dam, Bo"]), dict(title=STONE, year=2017)]),
    "italic venue after the title": (f"""
1. [{WATER}]({P}), *NeurIPS*, 2020
2. [{STONE}]({Q}) (*EMNLP 2021*)
""", [dict(title=WATER, venue="NeurIPS", year=2020), dict(title=STONE, venue="EMNLP", year=2021)]),
    "wrapped lines": (f"""
- Watering Plants with
  Large Sprinklers. Ann Lee, Bo Dam.
  *CVPR 2020*. [[paper]({P})]
- StoneSkip: Counting Ripples
  on Quiet Lakes. Cy Ek, Ann Lee. *ECCV 2021*. [[paper]({Q})]
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], venue="CVPR", year=2020), dict(title=STONE, authors=["Ek, Cy", "Lee, Ann"])]),
    "authors before a linked title": (f"""
- Lee et al., [{WATER}]({P}), ICLR 2020.
- Ann Lee, Bo Dam. [{STONE}]({Q}). ACL 2021.
""", [dict(title=WATER, authors=["Lee"], et_al=True, venue="ICLR"), dict(title=STONE, authors=["Lee, Ann", "Dam, Bo"], year=2021)]),
    "table of linked short names without a year": (f"""
| Name | Task | Highlight |
|------|------|-----------|
| [Cantor]({P}) | VQA | Decouples seeing and thinking. |
| [TextPond]({Q}) | QA | Reads before it thinks. |
""", [dict(title="Cantor", url=P), dict(title="TextPond", url=Q)]),
    "two dates in a label, the name said twice": (f"""
* [**Arxiv, 2023.2/5**] **PondCAD/PondCAD+**: Interactive Drawing of Ponds. [paper]({P})
* [**Arxiv, 2022.7/2023.12**] **Med-Lake**: Med-Lake: a Multimodal Few-shot Swimmer. [paper]({Q})
""", [dict(title="PondCAD/PondCAD+: Interactive Drawing of Ponds", venue="Arxiv", year=2023, month=2, day=None),
      dict(title="Med-Lake: a Multimodal Few-shot Swimmer", year=2022, month=7)]),
    "venue as code, authors and links in the next paragraph": (f"""
1. **{WATER}.** `ACL 2023 Findings`

    *Ann Lee, Bo Dam, Cy Ek, Dong shu, Eve Fox, Gil Hay.* [[Paper]({P})] [[Code]({C})], 2023.5

1. **{STONE}** `Preprint`

    *Cy Ek.* [[Project](https://pond.github.io/)] [[Paper]({Q})], 2023.10
""", [dict(title=WATER, venue="ACL Findings", year=2023, month=5, n_authors=6, url=P, code_url=C),
      dict(title=STONE, venue="Preprint", year=2023, month=10, authors=["Ek, Cy"], url=Q, project_url="https://pond.github.io/")]),
    "name in brackets, venue after the title": (f"""
- **[PondNet]** {WATER}, CVPR'23 [[paper]({P})]
- **[LakeNet]** {STONE}, ICCV'23 [[paper]({Q})] [[code]({C})]
""", [dict(title=WATER, venue="CVPR", year=2023), dict(title=STONE, venue="ICCV", code_url=C)]),
    "tags as code": (f"""
- **{WATER}** `arXiv 2023` `Medical` [[Paper]({P})]
- **{STONE}** `NeurIPS 2022` `Lake` [[Paper]({Q})]
""", [dict(title=WATER, venue="arXiv", year=2023), dict(title=STONE, venue="NeurIPS", year=2022)]),
    "italic title, authors and venue after dashes and stops": (f"""
- _{WATER}_ - Ann Lee, Bo Dam. ICML 2020. [pdf]({P})
- _{STONE}_ - Cy Ek. ICML 2021. [pdf]({Q})
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], venue="ICML", year=2020), dict(title=STONE, authors=["Ek, Cy"], year=2021)]),
    "plain authors before a bold title": (f"""
1. Ann Lee, Bo Dam. **{WATER}**. ICML, 2020. [[paper]({P})]
2. Cy Ek, Bo Dam. **{STONE}**. In ACL, 2021. [[paper]({Q})]
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], venue="ICML", year=2020), dict(title=STONE, venue="ACL", year=2021)]),
    "plain title and authors after commas": (f"""
1. {WATER}, Ann Lee, Bo Dam, Cy Ek. [pdf]({P})
1. {STONE}, Cy Ek, Bo Dam. [pdf]({Q})
1. Retrieve, Reason, Respond: Ponds Explained. [pdf]({Q})
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo", "Ek, Cy"]), dict(title=STONE, authors=["Ek, Cy", "Dam, Bo"]),
      dict(title="Retrieve, Reason, Respond: Ponds Explained", authors=[])]),
    "a plain heading for each paper": (f"""
# Papers
#### {WATER}
- Authors: Ann Lee, Bo Dam
- [Paper]({P})

#### {STONE}
- Authors: Cy Ek, Ann Lee
- [Paper]({Q})
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], url=P, section=["Papers"]), dict(title=STONE, url=Q)]),
    "links as items under a plain title": (f"""
- {WATER}
  - [paper]({P})
  - [code]({C})
- {STONE}
  - [paper]({Q})
""", [dict(title=WATER, url=P, code_url=C), dict(title=STONE, url=Q, code_url=None)]),
    "Chinese brackets and round ones": (f"""
- 【CVPR2023】{WATER}([Paper]({P}))([Code]({C}))
- 【2024.01】{STONE}([Paper]({Q}))
""", [dict(title=WATER, venue="CVPR", year=2023, code_url=C), dict(title=STONE, year=2024, month=1)]),
    "venue as an unlinked badge, code known by its stars": (f"""
- [{WATER}]({P}) ![](https://img.shields.io/badge/NeurIPS-2023-blue) ![](https://img.shields.io/github/stars/someone/something?style=social)
- [{STONE}]({Q}) ![](https://img.shields.io/badge/ICML-2022-red)
""", [dict(title=WATER, venue="NeurIPS", year=2023, code_url=C), dict(title=STONE, venue="ICML", year=2022, code_url=None)]),
    "escaped brackets and LaTeX in titles": (f"""
- [**arXiv 2024**] \\[Re\\] Watering $\\beta$-Plants with 5\\% Less Water \\& Light [[pdf]]({P})
- [**arXiv 2024**] Pond-R$^3$: Ripples & Waves [[pdf]]({Q})
""", [dict(title="[Re] Watering β-Plants with 5% Less Water & Light"), dict(title="Pond-R³: Ripples & Waves")]),
    "fields with emojis under a linked title": (f"""
- [{WATER}]({P})
    - Ann Lee, Bo Dam
    - 🏛️ Institutions: Lake Labs
    - 📅 Date: March 27, 2024
    - 📑 Publisher: CVPR 2024
    - 🔑 Key: [ponds], [lakes]
    - 📖 TLDR: Waters plants.
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], venue="CVPR", year=2024, month=3, organisation="Lake Labs",
           keywords=["ponds", "lakes"], summary="Waters plants.")]),
    "Chinese fields under a bold title, some of them empty": (f"""
# 池塘

**{WATER}**

- 主页：https://pond.example/

- 论文下载链接：{P}

- 代码（即将开源）：{C}

**{STONE}**

- CVPR 2024 Oral
- 论文：暂无
- 代码：{C}
""", [dict(title=WATER, url=P, code_url=C, project_url="https://pond.example/"),
      dict(title=STONE, url=None, code_url=C, venue="CVPR", year=2024)]),
    "a fold for each paper": (f"""
## Ponds
<details>
<summary>{WATER}</summary>

- **Authors**: Ann Lee, Bo Dam
- **Venue**: CVPR 2023
- [Paper]({P}) [Code]({C})

</details>
<details><summary><b>{STONE}</b> (ICML 2022)</summary>
<p>Cy Ek and Bo Dam</p>
<a href="{Q}">pdf</a>
</details>
""", [dict(title=WATER, url=P, code_url=C, venue="CVPR", year=2023, authors=["Lee, Ann", "Dam, Bo"], section=["Ponds"]),
      dict(title=STONE, url=Q, venue="ICML", year=2022, authors=["Ek, Cy", "Dam, Bo"], section=["Ponds"])]),
    "a numbered heading for each paper, its fields bold": (f"""
## Ponds
### 1. {WATER}
* **Author(s):** Ann Lee, Bo Dam
* **Published:** 2021-03
* **arXiv:** {P}
### 2. PondNet
- Authors: Cy Ek
- Link: {Q}
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], year=2021, month=3, url=P, section=["Ponds"]),
      dict(title="PondNet", authors=["Ek, Cy"], url=Q)]),
    "several papers in one item": (f"""
- Watering: [{WATER}]({P}), [{STONE}]({Q}) [[code]({C})]
- [A Third Look at Wet Plants](https://arxiv.org/abs/2403.00003) takes up what was shown years ago for ponds and lakes in the north and in the south by [{STONE}]({Q})
""", [dict(title=WATER, url=P, code_url=None), dict(title=STONE, url=Q, code_url=C),
      dict(title="A Third Look at Wet Plants", url="https://arxiv.org/abs/2403.00003")]),
    "bold titles one after another in one paragraph": (f"""
**{WATER}**
Ann Lee, Bo Dam
[CHI 2024]({P}) • [Code]({C})
**{STONE}**
Cy Ek*, Ann Lee†
[PondVis 2021 Short Paper]({Q})
""", [dict(title=WATER, url=P, code_url=C, venue="CHI", year=2024, authors=["Lee, Ann", "Dam, Bo"]),
      dict(title=STONE, url=Q, venue="PondVis", year=2021, authors=["Ek, Cy", "Lee, Ann"])]),
    "references with commas": (f"""
- Ann Lee, Bo Dam, {WATER}, Journal of Ponds, 1996. [[Paper]({P})]
- Cy Ek, On Ponds, Lakes and Rivers, Pondshire, 1989. [[Thesis]({Q})]
- Ann Lee and Bo Dam, StoneSkip: An Introduction [[Book]({Q})]
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], venue="Journal of Ponds", year=1996),
      dict(title="On Ponds, Lakes and Rivers", authors=["Ek, Cy"], venue="Pondshire", year=1989, url=Q),
      dict(title="StoneSkip: An Introduction", authors=["Lee, Ann", "Dam, Bo"])]),
    "a short quoted title after people, remarks in bold": (f"""
**[1]** Lee, Ann, Bo Dam, and Cy Ek. "**Pond learning**." Lake Letters 52.75 (2015): 436-444. [[pdf]({P})] **(All you ever wanted to know of ponds)** :star:

**[2]** Dam, Bo, and Cy Ek. "{STONE}." In Lake Systems, 2016. [[pdf]({Q})] :star:
""", [dict(title="Pond learning", authors=["Lee, Ann", "Dam, Bo", "Ek, Cy"], venue="Lake Letters", year=2015, url=P),
      dict(title=STONE, authors=["Dam, Bo", "Ek, Cy"], year=2016)]),
    "a linked title alone under its date, notes below": (f"""
#### 16th of October 2024
[{WATER}]({P})
- Reads ponds by ear
- Needs no boat
#### 12th of October 2024
[{STONE}]({Q})

- Counts ripples.
""", [dict(title=WATER, url=P), dict(title=STONE, url=Q)]),
    "dates and venues at the end of linked titles": (f"""
PondOpt:
[{WATER}. ICLR 2024 (Under Review). 2023-02-29]({P})

[{STONE}. 2016-02. PONDS 2017.]({Q})
""", [dict(title=WATER, year=2024, venue="ICLR"), dict(title=STONE, year=2017, venue="PONDS")]),
    "links that lead nowhere": (f"""
Some reviews to begin with

[{WATER}]()

[{STONE}]()
""", [dict(title=WATER, url=None), dict(title=STONE, url=None)]),
    "columns that join team and authors, venue and year": (f"""
| Title | Team/Authors | Venue and Year | Target |
|---|---|---|---|
| [{WATER}]({P}) | Pond Lab | ICML 2020 | fish |
| {STONE} | Mill | NeurIPS 2020 | |
""", [dict(title=WATER, venue="ICML", year=2020), dict(title=STONE, venue="NeurIPS", year=2020)]),
    "a table whose rows have no bars at their ends": (f"""
- Paper

    |domain|name|booktitle|title|author|
    |:-:|:-:|:-:|:-:|:-:|
    Ponds|PondX|NIPS2013|{WATER}|Ann Lee, Bo Dam, Cy Ek
    Lakes||ACL2020|{STONE}|Ann Lee, Bo Dam
""", [dict(title=WATER, venue="NIPS", year=2013, authors=["Lee, Ann", "Dam, Bo", "Ek, Cy"]),
      dict(title=STONE, venue="ACL", year=2020)]),
    "an unknown venue after in, one in bold brackets": (f"""
* {WATER}, in *IJP* 2022. [paper]({P})
* {STONE}, in *Philosophical Papers of the Royal Pond* 2021. [paper]({Q})
* {FERN} (**Neural Networks**) [[paper]({Q})]
""", [dict(title=WATER, venue="IJP", year=2022),
      dict(title=STONE, venue="Philosophical Papers of the Royal Pond", year=2021),
      dict(title=FERN, venue="Neural Networks")]),
    "people and venue in the first note, one person alone": (f"""
- [{WATER}]({P})
  - Ann Lee, Bo Dam, Cy Ek. *NIPS 2015*
  - Key: ponds, lakes
- [{STONE}]({Q})
  - Ann B. Lee. *ACM 1991*
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo", "Ek, Cy"], venue="NIPS", year=2015),
      dict(title=STONE, authors=["Lee, Ann B."], venue="ACM", year=1991)]),
    "people as BibTeX has them, two particles in a row, in a note": (f"""
- [{WATER}]({P})
  - Lee, Ann and Dam, Bo and Ek, Cy. *ICCV 2015*
- [{STONE}]({Q})
  - Ann J. Lee, Bo Dam, Mila van der Oak
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo", "Ek, Cy"], venue="ICCV", year=2015),
      dict(title=STONE, authors=["Lee, Ann J.", "Dam, Bo", "van der Oak, Mila"])]),
    "people as BibTeX has them before the title": (f"""
[1] Lee, Ann T and Dam, Bo C and Ek, Cy, {WATER}, IJCV, 2000. [[Paper]({P})] ([Lee](pond.example) came first)

[2] A. Ek and B. Dam and C. Oak-Mill, {STONE}, CVPR, 2016. [[Paper]({Q})]

[3] Di Oak, Bo Dam, and Cy Ek. {FERN}, CVPR, 2017. [[Code]({C})]
""", [dict(title=WATER, authors=["Lee, Ann T", "Dam, Bo C", "Ek, Cy"], venue="IJCV", year=2000),
      dict(title=STONE, authors=["Ek, A.", "Dam, B.", "Oak-Mill, C."], venue="CVPR", year=2016),
      dict(title=FERN, authors=["Oak, Di", "Dam, Bo", "Ek, Cy"], venue="CVPR", year=2017, code_url=C)]),
    "titles without a link under a venue's year": (f"""
### ICML 2022
#### Ponds
* {WATER} [paper]({P})
* {STONE}
* {FERN} [Demo paper](https://pond.example/demo)
""", [dict(title=WATER, year=2022, year_inferred=True), dict(title=STONE, year=2022),
      dict(title=FERN, url="https://pond.example/demo")]),
    "quotes in a quoted title, a name spelled with another apostrophe": (f"""
1. **PondGen** (Ponds): "PondGen: Growing Ponds by "Watering" their Banks" [2022-06] [FSE 2022] [paper]({P})
2. **Don't Dry the Pond**: "Don’t Dry the Pond: Water in Embodied Lakes", *EMNLP, 2022*. [paper]({Q})
""", [dict(title='PondGen: Growing Ponds by "Watering" their Banks', venue="FSE", year=2022),
      dict(title="Don’t Dry the Pond: Water in Embodied Lakes", venue="EMNLP", year=2022)]),
    "an arXiv number as the link's words": (f"""
+ {WATER}
  + [[arXiv:2401.00001]({P})]
""", [dict(title=WATER, venue="arXiv", arxiv_id="2401.00001")]),
    "a name before people in a link": (f"""
| Reference | Data | Metrics |
|---|---|---|
| PondScore [Lee et al, 2023]({P}) | 183 pond entities | F1 |
| LakeScore [ Dam et al,  2022 ]({Q}) | LakeBio | AUC |
""", [dict(title="PondScore", authors=["Lee"], et_al=True, year=2023, url=P),
      dict(title="LakeScore", authors=["Dam"], year=2022)]),
    "a table that cites its papers": (f"""
| Pond model | Fish | Paper | Code | Year |
|---|---|---|---|---|
| Lake5 | + | [Lee et al.]({P}) | [GitHub]({C}) | 2021 |
| P5 | - | [Dam et al., 2022a]({Q}) | frames in the [Pond Challenge](https://pond.example/) and on [GitHub]({C}) | 2022 |
""", [dict(title="Lake5", authors=["Lee"], et_al=True, url=P, code_url=C, year=2021),
      dict(title="P5", authors=["Dam"], et_al=True, url=Q, code_url=C, year=2022)]),
    "year and month with a stop, venue in round brackets": (f"""
* 24.03 [{WATER}]({P}) | [Paper]({P})
* 24.08 (NeurIPS) [{STONE}]({Q}) | [Paper]({Q})
* 24.09 (LakePS24)[{FERN}]({Q})
""", [dict(title=WATER, year=2024, month=3), dict(title=STONE, year=2024, month=8, venue="NeurIPS"),
      dict(title=FERN, year=2024, venue="LakePS")]),
    "pictures behind the date, a venue with a colon": (f"""
- [{WATER}]({P})<br/>A Lee et al. · *Radiology: Artificial Intelligence* · 2026-08-07 🧩
- [{STONE}]({Q})<br/>B Dam et al. · *Pond Medicine* · 2025-01-02 🧩 ⭐
""", [dict(title=WATER, venue="Radiology: Artificial Intelligence", year=2026, month=8, authors=["Lee, A"]),
      dict(title=STONE, venue="Pond Medicine", year=2025, month=1)]),
    "titles with words of venues around a colon": (f"""
1. **[Med-P1: Watering Unified Medical Ponds]({P})** *(Ann Lee, Bo Dam).* 2025
2. **[Sci-Lake: A Review of Digital Medicine]({Q})** *(Cy Ek, Di Oak).* 2025
""", [dict(title="Med-P1: Watering Unified Medical Ponds", authors=["Lee, Ann", "Dam, Bo"], venue=None, year=2025),
      dict(title="Sci-Lake: A Review of Digital Medicine", venue=None)]),
    "years before and behind venues, a column of conferences": (f"""
*Conf.* | *Date* | *Title* | *Score* |
:---: | :---: | :--- | :---: |
'14-ECCV | 14/10/07 | [{WATER}]({P}) | [0.80](https://score.example/1)
15-CVPR | 15/06/01 | [{STONE}]({Q}) | [0.81](https://score.example/2)

- {FERN} | **[arXiv' 19]** | [`[pdf]`]({Q})
- **Mills Beside Rivers and What They Grind, EMNLP 2023 Main Conference Paper**. [[paper]({P})]
""", [dict(title=WATER, venue="ECCV", year=2014), dict(title=STONE, venue="CVPR", year=2015),
      dict(title=FERN, venue="arXiv", year=2019),
      dict(title="Mills Beside Rivers and What They Grind", venue="EMNLP", year=2023)]),
    "all names turned round, publishers before the year, notes behind": (f"""
1. Lee, Ann, Dam, Bo, and Ek, Cy. **{WATER}.** European Conference on Ponds. Springer, Cham, 2016. [[Paper]]({P})
2. [{STONE}]({Q}) - A. Lee and B. Dam, CVPR2015. Note: the code is not there. Note: known as Stone.
3. **A Connection Between Pond Lilies and Singing Frogs** *Ann Lee* [[Paper]({P})]
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo", "Ek, Cy"], venue="European Conference on Ponds", year=2016),
      dict(title=STONE, authors=["Lee, A.", "Dam, B."], venue="CVPR", year=2015),
      dict(title="A Connection Between Pond Lilies and Singing Frogs", authors=["Lee, Ann"])]),
    "names with links, their references below": (f"""
* Pond-Net [[Paper]({P})] [[Code]({C})]
  * Ann Lee, Bo Dam, Cy Ek, {WATER}, ICLR, 2015.
* LakeD [[Web](https://pond.example/)] [[PDF]({Q})]
 * {STONE} (TIP 2014), C. Ek et al.
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo", "Ek, Cy"], venue="ICLR", year=2015, url=P, code_url=C),
      dict(title=STONE, authors=["Ek, C."], et_al=True, venue="TIP", year=2014, url=Q)]),
    "marks of Chinese references, months without a sign": (f"""
- Ann Lee, Bo Dam .[{WATER}]({P}) .[J] Pond Letters 2016.
- Ann Lee, Cy Ek .[{STONE}]({Q}) .[C]//Proceedings of the Conference on Ponds, 2017.

|Date|First author|Title|Score|
|---|---|---|---|
|202004|Ann Lee|{FERN} [(arxiv)]({Q})|0.9|
""", [dict(title=WATER, venue="Pond Letters", year=2016, authors=["Lee, Ann", "Dam, Bo"]),
      dict(title=STONE, venue="Proceedings of the Conference on Ponds", year=2017),
      dict(title=FERN, year=2020, month=4)]),
    "people in italics right behind a plain title": (f"""
- [2022/10] {WATER} *Ann Lee et al. arXiv.* [[paper]({P})]
- [2022/11] {STONE} *Bo Dam et al. Artificial Life.* [[paper]({Q})]
- [2023/01] **{FERN}** *Cy Ek (University of the Lake, Mill Town) et al. arXiv.* [[paper]({Q})]
""", [dict(title=WATER, authors=["Lee, Ann"], et_al=True, venue="arXiv", year=2022),
      dict(title=STONE, authors=["Dam, Bo"], venue="Artificial Life"),
      dict(title=FERN, authors=["Ek, Cy"], venue="arXiv", year=2023)]),
    "et al. behind the italics": (f"""
1. <u>T0</u>: **"{WATER}"**. *Ann Lee* et al. NAACL 2021. [[Paper]({P})]
""", [dict(title=WATER, authors=["Lee, Ann"], et_al=True, venue="NAACL", year=2021)]),
    "references with volume, pages and publisher": (f"""
1. [{WATER}]({P}). Lee, A., Ames, A., & Dam, B. Journal on Pond Sciences 2014, 7(4), 1993-2019. [[code]]({C})
2. [{STONE}]({Q}). Lee, A., & Dam, B. CVPR2001 (Vol. 1, pp. I-I). IEEE.
3. [{FERN}]({Q}). Lee, A., & Dam, B. In Lake Graphics Forum 2012 (Vol. 31, No. 2pt1, pp. 219-228). [[project]](https://pond.example/)
4. [Mills Beside Rivers and What They Grind]({P}). Springer, Berlin, Heidelberg. Lee, A., Ek, C. I., & Dam, B. ECCV2012.
5. [Reeds That Bend in All Winds of the Year]({P}). Lee, A., & Dam, B. Lake Graphics Forum 2013.
""", [dict(title=WATER, authors=["Lee, A.", "Ames, A.", "Dam, B."], venue="Journal on Pond Sciences", year=2014),
      dict(title=STONE, authors=["Lee, A.", "Dam, B."], venue="CVPR", year=2001),
      dict(title=FERN, authors=["Lee, A.", "Dam, B."], venue="Lake Graphics Forum", year=2012),
      dict(authors=["Lee, A.", "Ek, C. I.", "Dam, B."], venue="ECCV", year=2012, title="Mills Beside Rivers and What They Grind"),
      dict(venue="Lake Graphics Forum", year=2013, title="Reeds That Bend in All Winds of the Year")]),
    "a venue nobody knows with its year glued to it": (f"""
1. **{WATER}**. *Ann Lee, Bo Dam*. PondGen2019. [[pdf]({P})]
2. **{STONE}** *Ann Lee, bo Dam-Ek, Cy Ek*. Published in WET 2026 (2026) [[pdf]({Q})]
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], venue="PondGen", year=2019),
      dict(title=STONE, venue="WET", year=2026)]),
    "a bold name without a colon, bold titles before prose": (f"""
- [**2024.5**] **Pond.ai 7b** Impact of High-Quality Water on the Growth of Ferns [paper]({P})
- **Ponds, Lakes, and Deep Rivers** - aims to tell how they differ [Paper]({Q})
- **Wet Learning** - a new way to read [Paper]({Q})
""", [dict(title="Pond.ai 7b Impact of High-Quality Water on the Growth of Ferns", year=2024),
      dict(title="Ponds, Lakes, and Deep Rivers"), dict(title="Wet Learning")]),
    "stars in names, doubled brackets, names of pictures": (f"""
#Ponds
- [Beyond A*: Walks around Lakes]({P})
- [PondTS*: Trees That Search]({Q})
- [{WATER}](({P})) | [Code]({C})
- :white_check_mark: [{STONE}]  [[Paper]]({Q})
""", [dict(title="Beyond A*: Walks around Lakes", section=["Ponds"]), dict(title="PondTS*: Trees That Search"),
      dict(title=WATER, url=P, code_url=C), dict(title=STONE, url=Q)]),
    "titles in square brackets on lines of their own": (f"""
## Ponds
:heavy_check_mark: [{WATER}]  [[Paper]]({P})
[[Code]]({C})(the one with ponds)

:heavy_check_mark: [Deep Lakes]  [[Paper]]({Q})
""", [dict(title=WATER, url=P, code_url=C), dict(title="Deep Lakes", url=Q)]),
    "a person a line": (f"""
[**{WATER}**]({P})
Ann Lee,
Bo Dam,
Cy Ek, Frank P.-W. Lo, and
Di Oak
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo", "Ek, Cy", "Lo, Frank P.-W.", "Oak, Di"])]),
    "venue and year in a heading further up": (f"""
## CVPR
### CVPR 2024
#### 🔬 Ponds
- **[{WATER}]({P})** — Cuts ponds out of pictures.
""", [dict(title=WATER, year=2024, year_inferred=True)]),
    "a lone paragraph that is nothing but a paper": (f"""
## Ponds
{WATER} [[Paper]]({P})
""", [dict(title=WATER, url=P)]),
    "references without links": (f"""
## References
[1] A. Lee, B. Dam, "{WATER}," in Proc. ICCV, 2019, pp. 1-10.
[2] C. Ek. {STONE}. Journal of Ponds, 12(3):1–10, 2018.
[3] Lee, A., Dam, B.: Counting Birds over Ponds. In: ECCV (2020)
""", [dict(title=WATER, authors=["Lee, A.", "Dam, B."], venue="Proc. ICCV", year=2019),
      dict(title=STONE, authors=["Ek, C."], venue="Journal of Ponds", year=2018),
      dict(title="Counting Birds over Ponds", authors=["Lee, A.", "Dam, B."], venue="ECCV", year=2020)]),
    "titles with their venue and no link": (f"""
## Temporal Features
* {WATER} (SIGMOD 2020)
* {STONE} (Big Lake Research 2021)
* Wet Plants (CIDR 2019)
* On the Support of Ponds by Lakes (SIGMOD-Companion ’23)
* A Pond without a Venue Anybody Knows of
""", [dict(title=WATER, venue="SIGMOD", year=2020), dict(title=STONE, venue="Big Lake Research", year=2021),
      dict(title="Wet Plants", venue="CIDR", year=2019),
      dict(title="On the Support of Ponds by Lakes", venue="SIGMOD-Companion", year=2023),
      dict(title="A Pond without a Venue Anybody Knows of", venue=None)]),
    "title in angle brackets, people after by": (f"""
* <[{WATER}]({P})> by Pim de Lee, Bo Dam, 2019.
* [Lake] <[{STONE}]({Q})> by
Cy Ek and Bo Dam, ICML, 2016.
""", [dict(title=WATER, authors=["de Lee, Pim", "Dam, Bo"], year=2019),
      dict(title=STONE, authors=["Ek, Cy", "Dam, Bo"], venue="ICML", year=2016)]),
    "unknown venue before the year, people in a paragraph below": (f"""
1. **{WATER}.** PONDX, 2022. [paper]({P}) ![](https://img.shields.io/badge/Wet-blue)

   *Robert L. Logan IV, Ann Lee, Bo Dam*

2. **Stone Skipping with Ripples.** Lake Syst. Appl., 2017. [paper]({Q})

   *Cy Ek*
""", [dict(title=WATER, authors=["Logan, IV, Robert L.", "Lee, Ann", "Dam, Bo"], venue="PONDX", year=2022),
      dict(title="Stone Skipping with Ripples", authors=["Ek, Cy"], venue="Lake Syst. Appl", year=2017)]),
    "nicknames after the links are no authors": (f"""
- [2023/05] **{WATER}** [[paper]({P})][[code]({C})] *PondCodec* :heavy_check_mark:
- [2023/06] **{STONE}** [[paper]({Q})] *Human FeedPond*
""", [dict(title=WATER, authors=[], summary="PondCodec"), dict(title=STONE, authors=[], summary="Human FeedPond")]),
    "labels of links that name no venue and no code": (f"""
- **{WATER} (PondWorkshop 2017)**
  - Ann Lee and Bo Dam
  - [[Paper]]({P}) [[Paper List](https://github.com/a/list)]
  - [[Python Reference]](http://pond.example/ref)
- **{STONE} (2018)**
  - Cy Ek and Bo Dam
  - [[Paper]]({Q})
  - [[GitHub Page](https://stone.github.io/)]
""", [dict(title=WATER, venue="PondWorkshop", year=2017, code_url="http://pond.example/ref"),
      dict(title=STONE, venue=None, year=2018, code_url=None, project_url="https://stone.github.io/")]),
    "entries without a link among linked ones, under topics": (f"""
- Ponds
  - [{WATER}]({P})<br>:star:[code]({C}):house:[project](https://pond.example/)
  - [{STONE}]({Q})<br>:open_mouth:oral
  - [Wet Plants]({Q})<br>:house:[project](https://wet.example/)
- Lakes
  - Stay Dry: How to Walk around Lakes<br>:open_mouth:oral
  - [Deep Lakes Are Not Shallow at All]
""", [dict(title=WATER, code_url=C, project_url="https://pond.example/", section=["Ponds"]), dict(title=STONE),
      dict(title="Wet Plants"), dict(title="Stay Dry: How to Walk around Lakes", section=["Lakes"]),
      dict(title="Deep Lakes Are Not Shallow at All", url=None)]),
    "Markdown links in HTML, attributes of Kramdown": (f"""
<table><tr><th>Title</th><th>Links</th></tr>
<tr><td>{WATER}</td><td>[paper]({P}) [code]({C})</td></tr>
</table>

**{STONE}**. <br> ✍ Cy Ek, Ann Lee [Paper]({Q}){{: .btn target="_blank" }}
""", [dict(title=WATER, url=P, code_url=C), dict(title=STONE, url=Q, authors=["Ek, Cy", "Lee, Ann"])]),
    "a volume beside the year": (f"""
- **{WATER}** Lee, A.B., Dam, C. et al. [Lake Commun 13, 7151 (2022)]({P})
- **{STONE}** *Conference on Pond Learning (CoPL), Nov 2023*. [[Paper]({Q})]
""", [dict(title=WATER, venue="Lake Commun", year=2022, url=P, et_al=True),
      dict(title=STONE, venue="Conference on Pond Learning (CoPL)", year=2023, month=11)]),
    "whole references as the text of a link": (f"""
| **Name** | **Paper** | **Venue** | **Year** |
|---|---|---|---|
| Wet | [Lee, A., & Dam, B. P. (2023). {WATER}. *arXiv preprint arXiv:2401.00001*.]({P}) | arxiv | 2023 |
|  | [Ek, C., Lee, A., ... & Dam, B. (2022, April). Are Ponds Wet? A Study. In *Proceedings of the 3rd Conference on Ponds* (pp. 1-9).]({Q}) | Ponds | 2022 |
""", [dict(title=WATER, authors=["Lee, A.", "Dam, B. P."], year=2023, url=P),
      dict(title="Are Ponds Wet? A Study", authors=["Ek, C.", "Lee, A.", "Dam, B."], year=2022, url=Q)]),
    "year and venue joined to the title, tasks ticked off": (f"""
- [x] 22_TPDS_{WATER} [[paper]]({P})
- [ ] 2015_CoLAKE_{STONE} [[paper]]({Q})
- [x] [CVPR 2019] Ripple-shot Adaptive Faster P-CNN
""", [dict(title=WATER, venue="TPDS", year=2022, url=P, extra={}), dict(title=STONE, venue="CoLAKE", year=2015),
      dict(title="Ripple-shot Adaptive Faster P-CNN", venue="CVPR", year=2019, authors=[])]),
    "people, a linked title in quotes, a journal with its volume": (f"""
* Lee, Ann B., Bo Dam, and Cy Ek. ["Pond prior."]({P}) Foundations of Ponds 3.1 (2011): 1-122.
    * Follow-up research
        * Cy Ek, Ann Lee. ["{STONE}"]({Q}). Accepted for CVPR 2019.
""", [dict(title="Pond prior", authors=["Lee, Ann B.", "Dam, Bo", "Ek, Cy"], venue="Foundations of Ponds", year=2011),
      dict(title=STONE, authors=["Ek, Cy", "Lee, Ann"], venue="CVPR", year=2019)]),
    "a column of arXiv ids, rows without anything but a title": (f"""
| arXiv ID | 标题 | 关键词 |
|---|---|---|
| 2401.00001 | {WATER} | ponds |
| 2402.00002 | Wet Plants | plants, water |
| - | Dry Plants | - |
""", [dict(title=WATER, url=P, arxiv_id="2401.00001"), dict(title="Wet Plants", url=Q, keywords=["plants", "water"]),
      dict(title="Dry Plants", url=None)]),
    "titles with nothing but notes on them": (f"""
## Ponds
- {WATER} [[Notes]](./2401.00001.md)
- {STONE} [[Notes]](./stone.md)
- Tidy Ponds [[Notes]](./tidy.md)
""", [dict(title=WATER, url=None, venue=None), dict(title=STONE), dict(title="Tidy Ponds")]),
    "what a website, a note's name and a badge without a link say": (f"""
**{WATER}** \\
[[Website]({P})]
[[Code]({C})]

- [{STONE}]({Q})
  - Ann Lee, Bo Dam
  - Publisher: NeurIPS 2022
  - Code: [official]({C}), [unofficial](https://github.com/other/copy)
- [Moss and its Friends in Shallow Waters]({Q}2)
  - Tested on: [PondGym](https://github.com/other/gym)

| Title | Tags |
|---|---|
| [![Publish](https://img.shields.io/badge/Conference-MLSys'24-blue)]() <br> [{FERN}]({Q}3) | green |
""", [dict(title=WATER, url=P, code_url=C), dict(title=STONE, code_url=C, authors=["Lee, Ann", "Dam, Bo"], venue="NeurIPS"),
      dict(title="Moss and its Friends in Shallow Waters", code_url=None), dict(title=FERN, venue="MLSys", year=2024)]),
    "of two dates the venue's, of names a few in small letters": (f"""
## Ponds
**{WATER}** \\
*Ann Lee, bo Dam, Cy Ek* \\
[1st Nov., 2022] [MIDL, 2023] \\
[[Paper]({P})]

1. **{STONE}.** Machine Learning 2011. [paper]({Q})
1. **{FERN}.** SSPR/SPR 2004. [paper]({Q}3)
- [[Nature Methods 2024]({Q}4)] DRY-POND: Shallow Radiology Ponds [[Code]({C})]
- **[2024.12.09]**
    - Paper: [Moss\\\\ and its Friends in Shallow Waters]({Q}2)
""", [dict(title=WATER, venue="MIDL", year=2023, month=None, authors=["Lee, Ann", "Dam, bo", "Ek, Cy"]),
      dict(title=STONE, venue="Machine Learning", year=2011), dict(title=FERN, venue="SSPR/SPR", year=2004),
      dict(title="DRY-POND: Shallow Radiology Ponds", venue="Nature Methods"),
      dict(title="Moss and its Friends in Shallow Waters", year=2024, year_inferred=True)]),
    "venues that only their place tells": (f"""
## Ponds
- **PondNet & MossTrack:** Ann Lee, Bo Dam.<br />
  "{WATER}." Trans. Pond Comput. Commun. Appl. (2020).
  [[paper]({P})]
- [{STONE}]({Q}) — **Quiet Health** <sub>2025-03 · 5 citations</sub>
- {FERN}. PNDX 2022. [[paper]({Q}3)]
- 22_The Otters of the Quiet North [[paper]({Q}7)]

| Dataset | Pub. & Date |
|---|---|
| [Lakes of the Quiet North]({Q}4) | CVPR-2017 |

-[Moss and its Friends in Shallow Waters]({Q}5) - Counts moss. In ACL 2020.

-[Frogs and their Friends in Shallow Waters]({Q}6) in ACL 2021
""", [dict(title=WATER, venue="Trans. Pond Comput. Commun. Appl", year=2020, authors=["Lee, Ann", "Dam, Bo"]),
      dict(title=STONE, venue="Quiet Health", year=2025), dict(title=FERN, venue="PNDX", year=2022),
      dict(title="The Otters of the Quiet North", year=2022),
      dict(title="Lakes of the Quiet North", venue="CVPR", year=2017),
      dict(title="Moss and its Friends in Shallow Waters", venue="ACL", year=2020, summary="Counts moss."),
      dict(title="Frogs and their Friends in Shallow Waters", venue="ACL", year=2021)]),
    "years at the end of titles, where this is the way of the list": (f"""
* **WetSet**: {WATER} 2019. [paper]({P})
* **DrySet (deep wells)**: {FERN} 2020. [paper]({Q})
* **OldSet**: The Quiet Lakes Challenge, *Lee and Dam* [paper]({Q}2)

# Another
1. {STONE} 2021. [paper]({Q}3)
2. Moss and its Friends. [paper]({Q}4)
3. Frogs and their Friends. [paper]({Q}5)
""", [dict(title=f"WetSet: {WATER}", year=2019), dict(title=f"DrySet (deep wells): {FERN}", year=2020),
      dict(title="OldSet: The Quiet Lakes Challenge", year=None, authors=["Lee", "Dam"]), dict(title=f"{STONE} 2021", year=None),
      dict(title="Moss and its Friends"), dict(title="Frogs and their Friends")]),
    "people and where they work": (f"""
1. [{WATER}]({P}). Ann Lee et. al. OpenAI, University of Ponds.
2. **[{STONE}]({Q}). Cy Ek. Institute of Lakes. March 2017. [Code]({C})**
""", [dict(title=WATER, authors=["Lee, Ann"], et_al=True, venue=None, organisation="OpenAI, University of Ponds"),
      dict(title=STONE, authors=["Ek, Cy"], venue=None, organisation="Institute of Lakes", year=2017, month=3, code_url=C)]),
    "folds whose summary is the paper": (f"""
## Gardens
<details><summary>{WATER}</summary>
Ann Lee, Bo Dam. ICML 2024. [paper]({P}) [code]({C})
</details>
<details>
<summary>{STONE} <a href="{Q}">[paper]</a></summary>
<p>We count ripples. They fade.</p>
</details>
<details>
<summary>[CVPR 2022] <a href="{Q}3">{FERN}</a></summary>

> Abstract: We study ferns.

</details>
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], venue="ICML", year=2024, code_url=C, section=["Gardens"]),
      dict(title=STONE, url=Q), dict(title=FERN, venue="CVPR", year=2022, section=["Gardens"])]),
    "several papers in one bullet": (f"""
- **Ponds**: Lee et al., [{WATER}]({P}), ICLR 2024; Dam et al., [{STONE}]({Q}), ACL 2023
- [PondNet]({Q}1) / [LakeNet]({Q}2), [RiverNet]({Q}3)
- Watering Roses at Night [[paper]({Q}4)] <br> Watering Tulips at Noon [[paper]({Q}5)]
""", [dict(title=WATER, authors=["Lee"], venue="ICLR", year=2024), dict(title=STONE, authors=["Dam"], venue="ACL", year=2023),
      dict(title="PondNet"), dict(title="LakeNet"), dict(title="RiverNet", url=f"{Q}3"),
      dict(title="Watering Roses at Night"), dict(title="Watering Tulips at Noon", url=f"{Q}5")]),
    "Chinese commas, fields, labels and journals": (f"""
- [用大型喷头浇灌植物的研究]({P})，李安，达博，2024，ICML
- **数安静湖面上的涟漪** 作者：李安、达博；发表于 CVPR 2023 [[论文]]({Q}) [[代码]]({C})
- 【NeurIPS 2023】【浇水】{WATER} 论文：{P}2 代码：{C}2

| 论文题目 | 会议 | 链接 |
| --- | --- | --- |
| 冬天的湖是冷的并且很安静 | 计算机学报 | [下载]({Q}5) |

论文标题：{STONE}
论文链接：{Q}6
论文标题：{FERN}
论文链接：{Q}7
""", [dict(title="用大型喷头浇灌植物的研究", authors=["李安", "达博"], venue="ICML", year=2024),
      dict(title="数安静湖面上的涟漪", authors=["李安", "达博"], venue="CVPR", year=2023, code_url=C),
      dict(title=WATER, venue="NeurIPS", year=2023, url=f"{P}2", code_url=f"{C}2"),
      dict(title="冬天的湖是冷的并且很安静", venue="计算机学报"), dict(title=STONE, url=f"{Q}6"), dict(title=FERN, url=f"{Q}7")]),
    "cells that reach down into the next rows": (f"""
<table>
<tr><th>Access</th><th>Model</th><th>Date</th><th>Link</th></tr>
<tr><td rowspan="2">Open</td><td>T5</td><td>2019/10</td><td><a href="{P}">Paper</a></td></tr>
<tr><td>Lake 1.0</td><td>2023/04</td><td><a href="{Q}">Paper</a></td></tr>
<tr><td>Closed</td><td rowspan="2"><a href="{Q}3">River</a></td><td>2023/09</td><td><a href="{C}">Code</a></td></tr>
</table>
""", [dict(title="T5", year=2019, extra={"Access": "Open"}), dict(title="Lake 1.0", year=2023, extra={"Access": "Open"}),
      dict(title="River", url=f"{Q}3", code_url=C, extra={"Access": "Closed"})]),
    "titles in square brackets that have words of venues": (f"""
[Intriguing Ways of Neural Networks] [[Paper]]({P})

[{STONE}] [[Paper]]({Q})
""", [dict(title="Intriguing Ways of Neural Networks", venue=None, url=P), dict(title=STONE)]),
    "volume and number without brackets": ("""
[1] A. Lee and B. Dam, "Small rivers and their sounds," IEEE Trans. Rivers, vol. 3, no. 2, pp. 1-9, 2019.
[2] B. Dam, C. Ek, and D. Fa, "Large rivers and their silence," in Proc. RiverConf, 2018, pp. 10-20.
""", [dict(title="Small rivers and their sounds", venue="IEEE Trans. Rivers", year=2019),
      dict(title="Large rivers and their silence", authors=["Dam, B.", "Ek, C.", "Fa, D."], venue="Proc. RiverConf", year=2018)]),
    "a BibTeX entry stands where it is printed": (f"""
## Papers
```bibtex
@article{{dam2023, title={{{WATER}}}, author={{Dam, Bo}}, journal={{Pond Letters}}, year={{2023}}}}
```
- [{STONE}]({Q})
""", [dict(title=WATER, venue="Pond Letters", section=["Papers"]), dict(title=STONE)]),
    "every author in italics of their own, people and venue in one bracket": (f"""
- [{WATER}]({P}) - *Ann Lee*, *Bo Dam*, *Cy Ek* (`TPAMI` 2023)
- [{STONE}]({Q}) <i>(Ann Lee & Bo Dam, EMNLP'23)</i>
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo", "Ek, Cy"], venue="TPAMI", year=2023),
      dict(title=STONE, authors=["Lee, Ann", "Dam, Bo"], venue="EMNLP", year=2023)]),
    "references as medicine and the social sciences write them": (f"""
- Lee A, Dam B. Tulips at dusk: a randomized trial. *Lancet Digital Ponds* 2023; 5(2): e12-e20. [link]({P})
- Lee, A., Dam, B., & Ek, C. (2021). Roses and their thorns. *Journal of Gardens*, *12*(3), 45–67. {Q}
""", [dict(title="Tulips at dusk: a randomized trial", authors=["Lee, A", "Dam, B."], venue="Lancet Digital Ponds", year=2023),
      dict(title="Roses and their thorns", authors=["Lee, A.", "Dam, B.", "Ek, C."], venue="Journal of Gardens", year=2021)]),
    "a heading as title, its links in a list of fields": (f"""
## Roofs
### {STONE}
- **Authors**: Cy Ek, Di Fa
- **Conference**: ECCV 2020
- **Links**: [Paper]({Q}) | [Code]({C})
""", [dict(title=STONE, authors=["Ek, Cy", "Fa, Di"], venue="ECCV", year=2020, url=Q, code_url=C)]),
    "a title and its people in one cell": (f"""
| Year | Model | Paper |
|---|---|---|
| 2021 | PondNet | [{WATER}]({P}), Lee et al. |
| 2020 | LakeNet | Dam et al., "{STONE}", *ACL 2020* [[pdf]]({Q}) |
""", [dict(title=WATER, authors=["Lee"], year=2021), dict(title=STONE, authors=["Dam"], venue="ACL", year=2020)]),
    "years on lines of their own": (f"""
## Ponds
2024:
- {WATER}, ICML ([paper]({P}), [code]({C}))

**2023**
- {STONE}, NeurIPS D&B ([paper]({Q}))
## Lakes
- {FERN} ([paper]({Q}3))
""", [dict(title=WATER, venue="ICML", year=2024, year_inferred=True, code_url=C),
      dict(title=STONE, venue="NeurIPS D&B", year=2023, section=["Ponds"]), dict(title=FERN, year=None)]),
    "signs of footnotes behind names, places of work in brackets": (f"""
- {WATER}. Ann Lee<sup>1</sup>, Bo Dam<sup>1,2</sup>, Cy Ek<sup>2</sup>. IJCAI 2023. [[Paper]({P})]
- **PondNet**: "{STONE}", CVPR, 2022 (*MIT*). [[Paper]({Q})]
- **LakeNet**: "{FERN}", CVPR, 2022 (*University of Ponds*). [[Paper]({Q}3)]
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo", "Ek, Cy"], venue="IJCAI", year=2023),
      dict(title=STONE, authors=[], organisation="MIT", venue="CVPR"),
      dict(title=FERN, authors=[], organisation="University of Ponds", year=2022)]),
    "a small table in which code stands for one paper": (f"""
| Model | Link |
|---|---|
| [PondA]({C}) | - |
| [PondB]({P}) | - |
""", [dict(title="PondB", url=P)]),
    "one's own name in bold, proceedings in italics, a heading with a way back": (f"""
## Rivers [[Back to top]](#contents)
1. {WATER}.
   **Ann Lee**, Bo Dam, Cy Ek.
   In *Proceedings of the 40th International Conference on Rivers*, 2023.
   [[Paper]]({P})
1. {STONE}. Ann Lee, **Bo Dam**, Cy Ek. ICML 2022. [[Paper]]({Q})
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo", "Ek, Cy"], year=2023, section=["Rivers"],
           venue="Proceedings of the 40th International Conference on Rivers"),
      dict(title=STONE, authors=["Lee, Ann", "Dam, Bo", "Ek, Cy"], venue="ICML", year=2022)]),
    "a bold name in initials, people and venue in brackets, numbers without a venue": (f"""
- Bamboo Grows Fast. T. Lee, **B. Dam**, C. Ek. _SIGIR 2018_. [[pdf]({P})]
- [{STONE}]({Q}) *(Dam et al., ACL 2018 Findings)*
- {FERN}, _TPAMI_, vol. 41, no. 3, 2019, [PDF]({Q}3)
- *{WATER}.* Ann Lee, Bo Dam. arXiv:2401.00001
""", [dict(title="Bamboo Grows Fast", authors=["Lee, T.", "Dam, B.", "Ek, C."], venue="SIGIR", year=2018),
      dict(title=STONE, authors=["Dam"], et_al=True, venue="ACL Findings", year=2018),
      dict(title=FERN, venue="TPAMI", year=2019), dict(title=WATER, venue="arXiv", arxiv_id="2401.00001")]),
}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_gives_its_papers(dialect):
    text, expected = DIALECTS[dialect]
    assert expected == read_like(text, expected)


NO_PAPERS = {
    "contents, features, tools and news": f"""
# Pond Toolkit
## Features
- Waters plants with large and small sprinklers (Linux 2020)
- Counts ripples on quiet lakes, fast and exact
## Table of Contents
- [Getting Started with the Toolkit](#getting-started)
## Tools
- [PondTool](https://github.com/someone/pondtool): a tool for watering [[code]({C})]
- [A Dataset of Wet and of Dry Plants](https://www.kaggle.com/ponds)
- [Lecture 3: Ponds and Lakes](https://www.youtube.com/watch?v=1)
## News
- [2024/05] Our survey is out on arXiv: [paper]({P})
- CVPR 2024 has accepted our work on ponds
## Contributing
- Please add papers as **Title of the Paper** (Venue, Year) [[paper](link)]
## Conferences
- [NeurIPS](https://nips.cc/) - [2019](https://github.com/someone/list/2019.md) | [2018](https://github.com/someone/list/2018.md)
""",
    "downloads": """
# Software for ponds
- PondSet: frames of ponds for tracking. [download](https://pond.example/set.zip)
- Bog Mapper - maps bogs. [Download](https://bog.example/mapper)
- Reed Recorder, for mills and reeds. [Downloads](https://reed.example/files)
""",
    "sentences that lead to a paper": f"""
# Papers on ponds
The papers are organized according to [our survey]({P}).

For people who are new to this field, we strongly recommend you to read our [survey]({P}).

This repository contains a list of papers, sorted by the taxonomy proposed in [paper]({Q}).

- Please read and cite our paper: [arXiv]({Q})
""",
    "a conference and its page": """
# Papers and places
- [ACL](https://aclweb.org) is the venue of those who read ponds.
""",
    "prose that names places and people": """
The pond was dug by Ann Lee and Bo Dam in 2019 for CVPR 2020. See [our page](https://pond.example/) and write to
[Ann Lee](mailto:a@pond.example), [Bo Dam](https://github.com/bodam) or [Cy Ek](https://cyek.github.io/).
""",
}


@pytest.mark.parametrize("page", NO_PAPERS)
def test_what_is_no_paper_is_none(page):
    assert [] == paper_lists.read(NO_PAPERS[page])


def test_lectures_beside_a_paper_are_none():
    lectures = "\n".join(f"- {name}" for name in (
        "Still Ponds and Their Shores", "Reeds and Their Many Uses", "Counting Ripples by Hand", "Herons in Winter Light",
        "Maps of Bogs and Fens", "Mills and Their Wheels"))
    rows = paper_lists.read(f"# Course\n## Lectures\n{lectures}\n## Survey paper\n- [{WATER}]({P}) [[pdf]({P})]\n")
    assert [WATER] == [row["title"] for row in rows]


@pytest.mark.parametrize("line", ["- 22_" + "A_" * 5000, "- " + ' '.join(f'"Quoted title {i} x"' for i in range(3000)),
                                  "- " + "Lee, A., " * 4000 + "(2020). A Title. J.", "- " + "X. Y. " * 6000,
                                  "- " + "A*" * 20_000,
                                  "- " + "".join(f"[Pond Number {i} of Lakes](x{i}) " for i in range(3000)),
                                  "- " + "**CVPR 2020** Some words " * 2000])
def test_no_line_takes_long(line):
    start = time.process_time()
    paper_lists.read(line)
    assert time.process_time() - start < 4
