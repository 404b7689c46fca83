nav-home = 首页
nav-help = 帮助
home-title = 企业张榜，团队揭榜；专利上架，公开竞价
