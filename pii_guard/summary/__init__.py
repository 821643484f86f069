"""The report for people: what results say, added up, and written as Markdown, HTML, XLSX or DOCX.

`reading` takes results in, `joining` makes one of several, `people`, `counts`, `remedies` and `comparison` add up,
`chapters` put it into words as the blocks of `blocks`, and every module of `outputs` writes those blocks its way.
An output can therefore not forget a chapter, and none of them sees more than what is already masked.
"""
