"""What is said of many machines and their jobs; in both languages."""

CLUSTER = {
    "help.worker": (
        "在本机运行任务：多台机器共用一个 PostgreSQL 存档，每个主机同时只有一项任务。",
        "Run jobs on this machine: many machines, one archive on PostgreSQL, and one job at a time "
        "for each host.",
    ),
    "example.worker": (
        "例：cunzheng worker --jobs 8 --archive postgresql://crawler@db.example.org/archive",
        "Example: cunzheng worker --jobs 8 --archive postgresql://crawler@db.example.org/archive",
    ),
    "help.jobs": (
        "所有机器的任务：等待、运行、失败；加入、重试或取消。",
        "The jobs of all machines: waiting, running, failed; added, tried again or taken out.",
    ),
    "example.jobs": (
        "例：cunzheng jobs add yannan；cunzheng jobs retry --all",
        "Example: cunzheng jobs add yannan, or: cunzheng jobs retry --all",
    ),
    "option.upkeep": (
        "也在本机校验、备份、写报告（只需一台）。",
        "Verify, back up and report on this machine too (one of them is enough).",
    ),
    "option.all_jobs": (
        "add：所有已声明的网站；retry：所有失败的；cancel：所有等待的。",
        "add: all declared sites; retry: all that failed; cancel: all that wait.",
    ),
    "option.snapshots": ("加入的是复查，不是采集。", "Add snapshots, not crawls."),
    "argument.deed": (
        "add、retry 或 cancel；不给则只显示。",
        "add, retry or cancel; without it, only show.",
    ),
    "argument.jobs": (
        "add：网站的名字；retry、cancel：任务编号。",
        "add: sites' names; retry, cancel: jobs' numbers.",
    ),
    "error.which_jobs": (
        "add、retry、cancel 之后给出名字或编号，或 --all；只看则什么也不给",
        "give names or numbers after add, retry or cancel, or --all; nothing to see them",
    ),
    "error.job_number": ("任务编号是数字", "a job's number is a number"),
    "worker.begin": (
        "{name}：开始，同时至多 {jobs} 项",
        "{name}: begins, at most {jobs} at once",
    ),
    "worker.end": ("{name}：结束", "{name}: ended"),
    "worker.ended": (
        "任务 {id} {name}：{ending}（{seconds} 秒）",
        "job {id} {name}: {ending} ({seconds} s)",
    ),
    "worker.lost": (
        "数据库连不上，稍后再试（{why}）",
        "the database cannot be used, trying again ({why})",
    ),
    "jobs.add": ("已加入 {n} 项：{names}", "{n} added: {names}"),
    "jobs.retry": ("将重试 {n} 项：{names}", "{n} to be tried again: {names}"),
    "jobs.cancel": ("已取消 {n} 项：{names}", "{n} taken out: {names}"),
    "jobs.none": ("还没有任务。", "There are no jobs yet."),
    "jobs.no_worker": ("没有机器在运行。", "No worker runs."),
    "jobs.silent": ("自 {at} 起无音讯", "silent since {at}"),
    "jobs.running": ("运行中", "Running"),
    "jobs.waiting": ("等待中", "Waiting"),
    "jobs.failed": ("失败", "Failed"),
    "jobs.ended": ("已结束", "Ended"),
    "head.worker": ("机器", "Worker"),
    "head.places": ("占用", "Places"),
    "head.number": ("号", "No."),
    "head.job": ("任务", "Job"),
    "head.since": ("时间", "When"),
    "head.ending": ("结果", "Ending"),
}
