# The shell, words used everywhere, faults
shell-skip = Skip to content
shell-demo = Demo: all data are invented and the clock is the demo's own.
shell-nav = Main navigation
shell-work = Work navigation
shell-phases = Progress of the season
shell-inbox = Inbox
shell-sign-in = Sign in
shell-sign-out = Sign out
shell-register = Register
shell-other-lang = 中文
shell-programme = Programme
shell-help = Help and forms
shell-api = API description
shell-terms = Terms
shell-privacy = Privacy
shell-time = Server time { $time }
weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun
error-home = Home page
error-needs = Technical needs
error-offers = Patents and achievements
fault-not-found = There is no such page
    .text = The address may be wrong, the content may have been withdrawn or have expired, or it may not be for you to see. You can go on from here.
fault-sign-in = Please sign in
    .text = This page is for people who have signed in. You will come back here afterwards.
fault-denied = Your account may not do this
    .text = Another role handles this. If you think you should be able to, ask your organisation's manager or the centre.
fault-csrf = The page was out of date; nothing was sent
    .text = The form's safety mark does not fit your present session (you may have signed in again). Go back, reload, and send it again; what you typed is still there.
fault-refused = What you sent needs changes
    .text = Each point below says what was found and how to mend it. Nothing was written.
fault-stale = Somebody else has changed this
    .text = There is a newer version than the one you opened. Open it again, check, and repeat your change. Nothing was written.
fault-duplicate = There is such a record already
    .text = A record with the same number or name exists. Please look it up first.
fault-too-large = The file or content is too large
    .text = The limit is { $limit }. Split or compress it and upload again.
fault-too-many = Too many requests
    .text = Please wait a minute and try again.
fault-bad-request = The request cannot be read
    .text = The server could not make sense of what it received. Reload the page and try again; programs should compare with the API description.
fault-unsupported = This format is not supported
    .text = Please use one of the formats named on the page.
fault-busy = The system is busy; this was not done
    .text = Nothing was written. Please try again shortly.
fault-internal = Something went wrong on our side
    .text = It has been logged, and nothing was half written. Please try again later; if it happens again, tell the operator the time.
role-admin = Administrator
role-centre = Provincial centre
role-university-centre = University centre
role-ip-centre = IP protection centre
role-supervisor = Supervising department
role-bureau = Science and technology bureau
role-talent-office = Talent office
role-branch = Branch
role-broker = Technology broker
role-liaison = Liaison
role-manager = Organisation manager
role-member = Organisation member
role-expert = Expert
role-financier = Financier
role-auditor = Auditor
word-yes = yes
word-no = no
word-save = Save
word-cancel = Cancel
word-search = Search
word-all = All
word-withheld = withheld
word-none = none
word-page = Page { $page } of { $pages }
word-prev = Previous
word-next = Next
word-download = Download
word-print = Print
word-back = Back
word-count = { $n ->
    [one] 1 item
   *[other] { $n } items
}
word-wan = ×10,000 CNY
# Uploaded files
file-found = { $found ->
    [empty] an empty file
    [pdf] a PDF
    [png] a PNG picture
    [jpeg] a JPEG picture
    [webp] a WebP picture
    [docx] a Word document (.docx)
    [xlsx] an Excel workbook (.xlsx)
    [pptx] a presentation (.pptx)
    [other-office] an Office template or another Office format
    [open-document] an OpenDocument file (.odt, .ods, .odp)
    [ofd] an OFD document
    [archive] a packed archive
    [old-office] an old Office or WPS file (.doc, .xls, .ppt, .wps, .et)
    [program] a program
    [script] a script
    [html] a web page
    [svg] an SVG drawing (which may carry scripts)
    [xml] an XML file
    [rtf] an RTF document
    [gif] a GIF picture
    [bmp] a BMP picture
    [tiff] a TIFF picture
    [heic] a HEIC or AVIF picture
    [dwg] an AutoCAD drawing
    [media] sound or film
    [text] a text
   *[unknown] something unknown
}
issue-file-type = The content is { file-found }; here only { $expected } are taken. { $found ->
    [empty] Check whether the right file was chosen and whether it was saved.
    [archive] Unpack it and upload the files one by one.
    [old-office] Open it in Office or WPS and save it as .docx, .xlsx, .pptx or PDF.
    [other-office] Save it as .docx, .xlsx, .pptx or PDF.
    [open-document] Save it as .docx, .xlsx or PDF.
    [ofd] Export it as PDF.
    [rtf] Save it as .docx or PDF.
    [gif] Save it as PNG or JPEG.
    [bmp] Save it as PNG or JPEG.
    [tiff] Save it as PNG, JPEG or PDF.
    [heic] Save it as JPEG (phones call this “most compatible”).
    [dwg] Export it as PDF.
    [media] Put the film elsewhere and name the place in the text.
   *[other] Change it to one of these formats.
}
issue-file-dangerous = The content is { file-found }; opening it could run a program, so it is not taken. Upload a document, a table, a picture or a plain text; what is to be shown can be printed to PDF.
issue-file-mismatch = The name ends in “.{ $extension }” but the content is { file-found }. Check whether this is the right file, and give it the ending that fits.
issue-file-too-large = The file has { $size }; the limit for this format is { $limit }. Make its pictures smaller, scan with fewer dots, or split it.
issue-file-unpacks = The file unpacks to more than { $limit } and was not opened. No ordinary document does; save it anew in Office, or export it as PDF.
issue-file-pixels = The picture has { $width } × { $height } pixels; the limit is { $limit } million, and { $side } a side. Make it smaller.
issue-file-encrypted = The file has a password and cannot be read. Remove the password; what is not for the public can be marked “for the centre only”.
issue-file-broken = The file cannot be read ({ $what }); it may be damaged or cut off. Open it in the program it comes from and save it anew, or export it as PDF.
issue-file-macros = The file has macros, controls or fields that fetch data, so it is not taken. Save it as .docx, .xlsx or .pptx without macros, or export it as PDF.
issue-file-active-pdf = The PDF has something that runs by itself or carries other files ({ $what }), so it is not taken. Print it to a new PDF.
issue-file-part = The file carries “{ $part }”, which cannot be cleaned of personal data, so it is not taken. Take that part (film, sound, a piece of a web page) out and save it anew.
issue-file-signed = The file has a digital signature. Before it is public its author must be taken out, which breaks the signature; so it cannot be public. Mark it “for the centre only” (it is then kept as it is), or upload an unsigned copy.
issue-file-infected = A virus was found: { $name }. The file was not kept. Clean your computer first, then make the file anew.
fault-file-unscanned = The virus scanner is not available; the file was not kept
    .text = Files are looked through before they are kept. Try again in a few minutes; if it goes on, tell the operator.
file-stripped-properties = document properties (author, company, program)
file-stripped-picture = camera data of pictures (place, time, device)
file-stripped-authors = names in comments and tracked changes
file-stripped-embedded = embedded objects (their pictures stay)
file-stripped-paths = folders of somebody's computer
file-stripped-extras = thumbnails, printers and such data
audit-file-infected = Refused a file with a virus
