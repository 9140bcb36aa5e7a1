"""What `cunzheng doctor` says; in both languages."""

DOCTOR = {
    "help.doctor": (
        "体检：这台机器和这些设置是否适合保存存档。",
        "Whether this machine is fit to keep an archive, and set up as it should be.",
    ),
    "example.doctor": ("例：cunzheng doctor --online", "Example: cunzheng doctor --online"),
    "option.online": (
        "也询问已登记网站的 robots.txt。",
        "Also ask the declared sites for their robots.txt.",
    ),
    "doctor.fit": ("可以采集。", "Fit to crawl."),
    "doctor.unfit": ("有 {n} 项必须先解决。", "{n} to be mended first."),
    "doctor.address.is": ("存档地址 {url}", "the archive's address is {url}"),
    "doctor.address.unusable": ("存档地址无法使用：{detail}", "no usable address: {detail}"),
    "doctor.sqlite.is": ("SQLite {version}", "SQLite {version}"),
    "doctor.sqlite.too-old": (
        "SQLite {version} 太旧，至少要 3.35",
        "SQLite {version} is too old; at least 3.35 is needed",
    ),
    "doctor.sqlite.wal-reset": (
        "SQLite {version} 有一处已知缺陷：两个程序同时写入时极少数情况下会损坏数据库"
        "（3.51.3 已修复）；请更新系统，并做好备份",
        "SQLite {version} can, rarely, damage a database to which two programs write at once "
        "(mended in 3.51.3); update the system, and keep backups",
    ),
    "doctor.sqlite.no-fts5": (
        "SQLite {version} 没有 FTS5，无法检索",
        "SQLite {version} was built without FTS5: there is no search",
    ),
    "doctor.file-system.is": ("文件系统 {kind}", "on a file system of kind {kind}"),
    "doctor.file-system.unknown": (
        "无法得知文件系统的类型",
        "the kind of the file system is not known",
    ),
    "doctor.file-system.network": (
        "存档位于网络文件系统（{kind}）上，锁不可靠，会损坏；请放到本机磁盘，或用 PostgreSQL",
        "the archive lies on a network file system ({kind}): locks do not hold there, and it will "
        "be damaged; keep it on a local disk, or use PostgreSQL",
    ),
    "doctor.file-system.fleeting": (
        "存档位于内存中的文件系统（{kind}），重启后就没有了",
        "the archive lies in memory ({kind}) and is lost at the next start",
    ),
    "doctor.permissions.is": ("可以写入 {path}", "{path} can be written"),
    "doctor.permissions.unwritable": (
        "无法读写 {path}；请检查属主和权限",
        "{path} cannot be read and written; check its owner and permissions",
    ),
    "doctor.permissions.world-writable": (
        "任何人都能改写 {path}；请收回权限（chmod o-w）",
        "anybody can write to {path}; take that back (chmod o-w)",
    ),
    "doctor.room.is": ("磁盘剩余 {free}", "{free} free on the disk"),
    "doctor.room.full": (
        "磁盘只剩 {free}，至少要 {needed}",
        "only {free} free on the disk, {needed} are needed",
    ),
    "doctor.room.no-backup": (
        "磁盘剩余 {free}，放不下一份备份（{size}）",
        "{free} free on the disk: not enough for a backup beside it ({size})",
    ),
    "doctor.archive.is": ("存档可以打开", "the archive can be opened"),
    "doctor.archive.none": (
        "还没有存档，首次采集时建立",
        "no archive yet; the first crawl makes it",
    ),
    "doctor.archive.unusable": ("存档无法使用：{detail}", "the archive cannot be used: {detail}"),
    "doctor.clock.is": ("时钟 {now} UTC", "the clock says {now} UTC"),
    "doctor.clock.behind": (
        "时钟 {now} UTC 早于最近一次采集 {newest} UTC；请校准",
        "the clock says {now} UTC, and the newest capture is of {newest} UTC; set it right",
    ),
    "doctor.clock.differs": (
        "{url} 的时钟与本机相差 {seconds} 秒",
        "the clock of {url} is {seconds} seconds ahead of this machine's",
    ),
    "doctor.contact.is": ("自称 {agent}", "crawls as {agent}"),
    "doctor.contact.none": (
        "没有联系方式；请设置 CUNZHENG_CONTACT（邮箱或网址），让网站能找到您",
        "no contact address: set CUNZHENG_CONTACT (mail or web) so that sites can reach you",
    ),
    "doctor.delay.is": ("每 {delay} 秒最多一次请求", "a request every {delay} seconds at most"),
    "doctor.delay.none": (
        "CUNZHENG_DELAY 为 {delay}，至少要 {least}",
        "CUNZHENG_DELAY is {delay}; at least {least} is needed",
    ),
    "doctor.settings.unusable": ("设置有误：{detail}", "a setting cannot be used: {detail}"),
    "doctor.settings.private": (
        "ALLOW_PRIVATE_ADDRESSES 已打开：网站可以把采集引到内部网络",
        "ALLOW_PRIVATE_ADDRESSES is on: a site can lead the crawl into a private network",
    ),
    "doctor.settings.clock": (
        "CLOCK 设为 {clock}：采集时间不是真实时间",
        "CLOCK is set to {clock}: captures are not dated by the real time",
    ),
    "doctor.sites.is": ("已登记网站 {n} 个", "{n} declared sites"),
    "doctor.sites.unreadable": ("登记文件有误：{detail}", "the declared sites: {detail}"),
    "doctor.robots.allows": ("{url} 允许采集", "{url} allows crawling"),
    "doctor.robots.forbids": (
        "{url} 的 robots.txt 不允许采集",
        "{url}: its robots.txt asks crawlers to stay away",
    ),
    "doctor.site.unreachable": (
        "{url} 的 robots.txt 取不到（{detail}），因此不会采集",
        "{url}: robots.txt cannot be had ({detail}), so nothing will be fetched",
    ),
}
