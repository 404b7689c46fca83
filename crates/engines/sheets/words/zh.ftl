# 文件被拒收的原因：发现了什么、应当是什么、怎样改正。
refusal-too-large = 文件有 { $size } MB，上限是 { $limit } MB。请删去粘贴在表中的图片（证书等作为附件另行上传），或分成几个文件上传。
refusal-unpacks-too-large = 文件解开后的内容至少有 { $size } MB，上限是 { $limit } MB，远大于一张普通的表。请只保留要上报的行，复制到一个新建的工作簿（或下载的模板）后再上传。
refusal-too-many-sheets = 文件有 { $sheets } 张工作表，上限是 { $limit } 张。请只保留要上报的工作表，或分成几个文件上传。
refusal-too-many-rows = 工作表“{ $sheet }”在第 { $found } 行还有内容，上限是 { $limit } 行。请分成几个文件上传；如果下方只是误填的内容，请选中多余的行并删除。
refusal-too-many-columns = 工作表“{ $sheet }”在第 { $found } 列还有内容，上限是 { $limit } 列。请删除右侧多余的列后再上传。
refusal-too-many-cells = 文件的单元格（含只有格式的空格子）超过上限 { $limit } 个。请分成几个文件上传，或删除空白区域里多余的行和列。
refusal-cell-too-long = 工作表“{ $sheet }”的单元格 { $cell } 有 { $size } 字节，上限是 { $limit } 字节（约三万字）。请缩短，详细材料作为附件上传。如果是 CSV 文件，请检查这一格附近的引号是否成对。
refusal-encrypted = 文件设有打开密码，无法读取。请打开文件，在“文件 → 信息 → 保护工作簿”（WPS 为“文件 → 文档加密”）中取消密码，保存后再上传。
refusal-broken = 文件已损坏或不完整，无法按表格读取。请用 Excel 或 WPS 打开它，另存为“Excel 工作簿（.xlsx）”后再上传；打不开的，请重新下载或重新导出。（技术说明：{ $detail }）
refusal-unknown-format = 这不是可以读取的表格，而是{ $found ->
        [pdf] PDF 文档
        [image] 图片
        [archive] 压缩包
        [word] Word 文档
        [slides] 演示文稿
        [ods] OpenDocument 表格（.ods）
        [xlsb] Excel 二进制工作簿（.xlsb）
        [html] 网页（有些系统导出的“.xls”其实是网页）
        [xml] XML 文本（可能是“XML 表格 2003”）
        [rtf] RTF 文档
        [encoding] 编码无法识别的文本（能识别 UTF-8、UTF-16 和 GB18030／GBK）
        [ole] 不含工作簿的 Office 文件
       *[binary] 无法识别的文件
    }。请上传 .xlsx、.xls 或 .csv 文件：表格类文件可用 Excel 或 WPS 打开后另存为“Excel 工作簿（.xlsx）”，压缩包请先解开，其他文件请把内容填入下载的模板。
refusal-et-format = 这是 WPS 专用格式（.et）的文件，其中的内容无法读取。请用 WPS 打开，选择“另存为 → Microsoft Excel 文件（.xlsx）”后再上传。
refusal-empty = 文件里没有任何内容。请确认已保存，并且填写的是要上传的这一个文件。

# 带批注退回的工作簿：列名、第二张表。
sheet-issues-head = 问题
sheet-row-head = 原行号
sheet-row-note = 请保留这一列：改好后再上传时，按行号对回原来的行；新增的行留空即可。
sheet-issues-name = 问题清单
sheet-issues-more = 还有更多问题没有列在这里，请看第一张表的“问题”列。
sheet-column-head = 列
sheet-level-head = 级别
sheet-written-head = 填写内容
