# 页面外框、通用词、错误
shell-skip = 跳到正文
shell-demo = 演示环境：数据均为虚构，时间为演示时钟。
shell-nav = 主导航
shell-work = 工作导航
shell-phases = 活动进度
shell-inbox = 消息
shell-sign-in = 登录
shell-sign-out = 退出
shell-register = 注册
shell-other-lang = English
shell-programme = 工作方案
shell-help = 帮助与表格下载
shell-api = 接口文档
shell-terms = 服务条款
shell-privacy = 隐私说明
shell-time = 服务器时间 { $time }
weekday-1 = 周一
weekday-2 = 周二
weekday-3 = 周三
weekday-4 = 周四
weekday-5 = 周五
weekday-6 = 周六
weekday-7 = 周日
error-home = 回到首页
error-needs = 看技术需求
error-offers = 看专利与成果
fault-not-found = 没有找到这一页
    .text = 地址可能有误，或者内容已撤回、已到期，或者您无权查看。可以从下面的入口继续。
fault-sign-in = 请先登录
    .text = 这一页需要登录后使用。登录后会自动回到这里。
fault-denied = 您的账号没有这项权限
    .text = 这项操作由其他角色办理。如果您认为应当有权限，请联系本单位管理员或省中心。
fault-csrf = 页面已过期，没有提交
    .text = 表单的安全标记与当前登录不符（可能重新登录过）。请返回上一页，刷新后再提交；已填内容仍在。
fault-refused = 提交的内容需要修改
    .text = 下面逐项说明了发现的问题和修改办法。什么都没有写入。
fault-stale = 内容已被他人修改
    .text = 您打开之后，这条记录有了新版本。请重新打开，核对后再改。没有写入任何内容。
fault-duplicate = 已经存在相同的记录
    .text = 同一编号或名称的记录已在库中。请先查找已有记录。
fault-too-large = 文件或内容太大
    .text = 上限为 { $limit }。请拆分或压缩后再上传。
fault-too-many = 操作过于频繁
    .text = 请稍候一分钟再试。
fault-bad-request = 请求无法识别
    .text = 服务器读不懂收到的内容。请刷新页面后重试；程序调用请对照接口文档。
fault-unsupported = 不支持这种格式
    .text = 请改用页面上说明的格式。
fault-busy = 系统正忙，本次没有办理
    .text = 没有写入任何内容，请稍后重试。
fault-internal = 系统出错了
    .text = 问题已记入日志，没有写入不完整的内容。请稍后重试；若再次出现，请把时间告诉管理员。
role-admin = 平台管理员
role-centre = 省中心
role-university-centre = 省高校科技发展中心
role-ip-centre = 省知识产权保护中心
role-supervisor = 指导单位
role-bureau = 地方科技主管部门
role-talent-office = 人才部门
role-branch = 分中心
role-broker = 技术经理人
role-liaison = 活动联络员
role-manager = 单位管理员
role-member = 单位成员
role-expert = 专家
role-financier = 金融机构
role-auditor = 审计员
word-yes = 是
word-no = 否
word-save = 保存
word-cancel = 取消
word-search = 搜索
word-all = 全部
word-withheld = 未公开
word-none = 无
word-page = 第 { $page } / { $pages } 页
word-prev = 上一页
word-next = 下一页
word-download = 下载
word-print = 打印
word-back = 返回
word-count = 共 { $n } 条
word-wan = 万元
# 上传的文件
file-found = { $found ->
    [empty] 空文件
    [pdf] PDF 文件
    [png] PNG 图片
    [jpeg] JPEG 图片
    [webp] WebP 图片
    [docx] Word 文档（.docx）
    [xlsx] Excel 工作簿（.xlsx）
    [pptx] 演示文稿（.pptx）
    [other-office] Office 的模板或其他格式
    [open-document] OpenDocument 文件（.odt、.ods、.odp）
    [ofd] OFD 版式文件
    [archive] 压缩包
    [old-office] 旧版 Office 或 WPS 文件（.doc、.xls、.ppt、.wps、.et）
    [program] 可执行程序
    [script] 脚本
    [html] 网页
    [svg] SVG 图形（可能带脚本）
    [xml] XML 文件
    [rtf] RTF 文档
    [gif] GIF 图片
    [bmp] BMP 图片
    [tiff] TIFF 图片
    [heic] HEIC 或 AVIF 图片
    [dwg] AutoCAD 图纸
    [media] 音频或视频
    [text] 文本
   *[unknown] 无法识别的内容
}
issue-file-type = 内容是{ file-found }，这里只收 { $expected }。{ $found ->
    [empty] 请检查是否选错了文件，或者文件没有保存完。
    [archive] 请解压后逐个上传。
    [old-office] 请在 Office 或 WPS 中打开，“另存为”.docx、.xlsx、.pptx 或 PDF 后再上传。
    [other-office] 请“另存为”.docx、.xlsx、.pptx 或 PDF 后再上传。
    [open-document] 请“另存为”.docx、.xlsx 或 PDF 后再上传。
    [ofd] 请用阅读器导出为 PDF 后再上传。
    [rtf] 请“另存为”.docx 或 PDF 后再上传。
    [gif] 请另存为 PNG 或 JPEG 后再上传。
    [bmp] 请另存为 PNG 或 JPEG 后再上传。
    [tiff] 请另存为 PNG、JPEG 或 PDF 后再上传。
    [heic] 请另存为 JPEG 后再上传（手机可在相机设置里选“兼容性最佳”）。
    [dwg] 请导出为 PDF 后再上传。
    [media] 请把视频放到别处，在正文中写明。
   *[other] 请换成上面的格式后再上传。
}
issue-file-dangerous = 内容是{ file-found }，打开它可能运行程序，不能上传。请上传文档、表格、图片或纯文本；需要展示的内容可以打印成 PDF。
issue-file-mismatch = 文件名以“.{ $extension }”结尾，内容却是{ file-found }。请确认是否选对了文件，并把扩展名改成与内容相符的再上传。
issue-file-too-large = 文件有 { $size }，这种格式的上限是 { $limit }。请压缩其中的图片、降低扫描分辨率，或者拆成几份。
issue-file-unpacks = 文件解压后超过上限 { $limit }，没有打开。正常的文档不会这样；请用 Office 重新另存，或导出为 PDF。
issue-file-pixels = 图片为 { $width } × { $height } 像素，上限是 { $limit } 百万像素、单边 { $side } 像素。请缩小后再上传。
issue-file-encrypted = 文件设有密码，打不开。请去掉密码后再上传；不便公开的内容请选“仅供中心查看”。
issue-file-broken = 文件读不下去（{ $what }），可能没有传完或已损坏。请在原来的软件里打开、另存一份再上传；仍不行可导出为 PDF。
issue-file-macros = 文件里有宏、控件或自动读取数据的域，不能上传。请另存为不含宏的 .docx、.xlsx、.pptx，或导出为 PDF。
issue-file-active-pdf = PDF 里有会自动运行的内容或夹带的文件（{ $what }），不能上传。请用“打印为 PDF”重新生成一份。
issue-file-part = 文件里夹带了“{ $part }”，无法清除其中的个人信息，不能上传。请删去这一部分（视频、音频、网页片段等）后另存再上传。
issue-file-signed = 文件带有电子签名。公开前要清除作者等信息，而清除会破坏签名，所以不能公开。请改为“仅供中心查看”（原样保存），或另传一份未签名的。
issue-file-infected = 查出病毒：{ $name }。文件没有保存。请先在自己的电脑上杀毒，再重新制作文件上传。
fault-file-unscanned = 病毒扫描暂时不可用，文件没有保存
    .text = 平台要求先扫描再保存。请过几分钟再上传；若一直如此，请告诉管理员。
file-stripped-properties = 文档属性（作者、单位、软件等）
file-stripped-picture = 图片的拍摄信息（地点、时间、设备等）
file-stripped-authors = 批注和修订的署名
file-stripped-embedded = 嵌入的对象（保留其图片）
file-stripped-paths = 电脑里的文件夹路径
file-stripped-extras = 缩略图、打印机等附加数据
audit-file-infected = 拒收带病毒的文件
