"""What is said of schedules; in both languages."""

SCHEDULE = {
    "help.schedule": (
        "定时任务：抓取、复查、校验、备份各在何时（北京时间）；查看、安装或移除。",
        "What runs by itself and when (Beijing time): crawls, snapshots, verification, backup; "
        "shown, installed or removed.",
    ),
    "example.schedule": (
        "例：cunzheng schedule --by systemd --install",
        "Example: cunzheng schedule --by systemd --install",
    ),
    "help.scheduled": (
        "运行一项定时任务（由 cron 或 systemd 调用）：到期才运行，绝不重叠。",
        "Run a scheduled job (cron or systemd calls it): where it is due, and never twice at once.",
    ),
    "example.scheduled": (
        "例：cunzheng scheduled crawl-yannan --force",
        "Example: cunzheng scheduled crawl-yannan --force",
    ),
    "option.show": ("只显示（默认）。", "Only show it (the default)."),
    "option.install": (
        "安装；重复安装结果相同，别人的内容不动。",
        "Put it in place; again is the same, and nothing of others is touched.",
    ),
    "option.remove": ("移除本程序安装的部分。", "Take away what this program put in place."),
    "option.scheduler": (
        "由 cron 还是 systemd 调度（默认看本机）。",
        "By cron, or by systemd's user timers (by default whichever this machine has).",
    ),
    "option.begins": (
        "抓取最早何时开始（北京时间）。",
        "Crawls begin from then on (Beijing time).",
    ),
    "option.ends": ("抓取最晚何时开始（北京时间）。", "Crawls begin until then (Beijing time)."),
    "option.site_budget": (
        "每站每次复查至多请求几次；不给则复查所有到期的。",
        "The requests that a site's snapshot may spend; without it, all that is due.",
    ),
    "option.backups": (
        "备份放在哪个文件夹（默认 var/backup）。",
        "The folder of the backups (var/backup by default).",
    ),
    "option.keep": ("保留最近几份备份。", "How many backups stay."),
    "option.into": (
        "在这个文件夹里新建一份，以时间命名。",
        "Make it in this folder, named by the moment.",
    ),
    "backup.removed": ("已删除旧备份 {path}", "removed the old backup {path}"),
    "error.copy_where": (
        "给出文件名，或用 --into 给出文件夹（--keep 只与 --into 合用）",
        "give a file, or a folder by --into (--keep goes with --into)",
    ),
    "option.units": (
        "systemd 单元放在哪个文件夹（默认 ~/.config/systemd/user）。",
        "The folder of the units (~/.config/systemd/user by default).",
    ),
    "option.state_in": (
        "定时任务的记录放在哪里（默认 var/state）。",
        "Where it is kept what ran when (var/state by default).",
    ),
    "option.missed": ("补做错过的任务。", "Make up what was missed."),
    "option.force": ("未到期也运行。", "Run it though it is not due."),
    "argument.job": (
        "任务名，见 cunzheng schedule。",
        "The job's name, as cunzheng schedule shows.",
    ),
    "schedule.no_sites": (
        "cunzheng: sites.toml 里没有网站；先运行 cunzheng probe URL --write",
        "cunzheng: sites.toml declares no site; first: cunzheng probe URL --write",
    ),
    "schedule.next": ("接下来：{name}，{at}（北京时间）", "next: {name}, {at} (Beijing time)"),
    "schedule.nothing": ("没有要改的。", "Nothing to change."),
    "schedule.written": ("已写入 {name}", "written: {name}"),
    "schedule.removed": ("已移除 {name}", "removed: {name}"),
    "scheduled.runs": ("cunzheng: {name} 仍在运行", "cunzheng: {name} is still running"),
    "error.not_installed": ("未能安装：{why}", "not put in place: {why}"),
    "error.one_of": ("只能给其中一个：{names}", "give one of these alone: {names}"),
    "error.clock": (
        "“{text}”不是时间，应如 22:00",
        "{text} is no time of the day; give one like 22:00",
    ),
    "error.no_job": (
        "cunzheng: 没有任务“{name}”；有：{names}",
        "cunzheng: there is no job {name}; there are: {names}",
    ),
}
