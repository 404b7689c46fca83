# Why a file is refused: what was found, what was expected, how to mend it.
refusal-too-large = The file has { $size } MB; the limit is { $limit } MB. Remove pictures pasted into the table (upload certificates as attachments), or upload it in several files.
refusal-unpacks-too-large = Unpacked, the file has at least { $size } MB; the limit is { $limit } MB, far more than an ordinary table. Copy the rows you want to submit into a new workbook (or the downloaded template) and upload that.
refusal-too-many-sheets = The file has { $sheets } sheets; the limit is { $limit }. Keep only the sheets you want to submit, or upload several files.
refusal-too-many-rows = Sheet “{ $sheet }” has content in row { $found }; the limit is { $limit } rows. Upload it in several files; if what stands below was left there by mistake, select those rows and delete them.
refusal-too-many-columns = Sheet “{ $sheet }” has content in column { $found }; the limit is { $limit } columns. Delete the surplus columns on the right and upload it again.
refusal-too-many-cells = The file has more cells than the limit of { $limit }, blank ones with a format included. Upload it in several files, or delete surplus rows and columns in its empty parts.
refusal-cell-too-long = Cell { $cell } of sheet “{ $sheet }” has { $size } bytes; the limit is { $limit }. Shorten it and upload details as an attachment. In a CSV file, check that the quotation marks near this cell come in pairs.
refusal-encrypted = The file is protected by a password and cannot be read. Open it, remove the password under “File → Info → Protect Workbook” (in WPS “File → Document Encryption”), save it and upload it again.
refusal-broken = The file is damaged or incomplete and cannot be read as a table. Open it in Excel or WPS, save it as “Excel Workbook (.xlsx)” and upload that; if it does not open, download or export it again. (Technical detail: { $detail })
refusal-unknown-format = This is no table that can be read but { $found ->
        [pdf] a PDF document
        [image] a picture
        [archive] a packed archive
        [word] a Word document
        [slides] a presentation
        [ods] an OpenDocument spreadsheet (.ods)
        [xlsb] an Excel binary workbook (.xlsb)
        [html] a web page (some systems export web pages named “.xls”)
        [xml] an XML text (perhaps an “XML Spreadsheet 2003”)
        [rtf] an RTF document
        [encoding] a text in an unknown encoding (UTF-8, UTF-16 and GB18030/GBK are known)
        [ole] an Office file without a workbook in it
       *[binary] a file of an unknown kind
    }. Upload an .xlsx, .xls or .csv file: open a spreadsheet in Excel or WPS and save it as “Excel Workbook (.xlsx)”, unpack an archive first, and copy the content of anything else into the downloaded template.
refusal-et-format = This is a file in WPS’s own format (.et) whose content cannot be read. Open it in WPS, choose “Save As → Microsoft Excel file (.xlsx)” and upload that.
refusal-empty = The file holds nothing at all. Make sure that it is saved and that it is the file you filled in.

# The workbook that goes back with notes: its columns, its second sheet.
sheet-issues-head = Issues
sheet-row-head = Source row
sheet-row-note = Please keep this column: when the mended file is uploaded again, rows are matched by it; leave it empty in rows that you add.
sheet-issues-name = Issue list
sheet-issues-more = There are more issues than are listed here; see the column “Issues” of the first sheet.
sheet-column-head = Column
sheet-level-head = Level
sheet-written-head = Written
