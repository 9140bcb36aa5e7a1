"""What the archive says of its database, in Chinese: by the English that logs keep. Pure."""

from collections.abc import Mapping
from types import MappingProxyType

ADVICE: Mapping[str, str] = MappingProxyType(
    {
        "another program is writing to it; wait for it to end": "另一个程序正在写入：请等它结束",
        "another program was in the way; start again": "与另一个程序冲突：请再运行一次",
        "the answer took too long; ask for less": "查得太久：请缩小范围",
        "the server's disk is full; make room and start again": (
            "数据库服务器的磁盘已满：腾出空间后再运行"
        ),
        "the server's disk does not take what is written; check it and its room": (
            "数据库服务器的磁盘写不进去：请检查磁盘和剩余空间"
        ),
        "the server has no connection left; wait, or raise max_connections": (
            "数据库服务器没有空闲连接：请稍候，或调大 max_connections"
        ),
        "the server is short of memory or of something else": "数据库服务器内存或其他资源不足",
        "the server shut down or ended the connection; start again": (
            "数据库服务器关闭了，或断开了连接：请再运行一次"
        ),
        "the connection broke off; start again": "连接中断：请再运行一次",
        "it is read-only; a standby, or opened to be read alone": "数据库只读：是备机，或只读打开",
        "the server gave this program up, since it stood still; start again": (
            "本程序停顿太久，被数据库服务器断开：请再运行一次"
        ),
        "this user lacks the right to; make it the database's owner": (
            "该用户权限不足：请让它成为数据库的所有者"
        ),
        "it is no archive of ours; give another ARCHIVE_URL": (
            "不是本程序的存档：请换一个 ARCHIVE_URL"
        ),
        "its data are damaged; restore a backup": "数据已损坏：请用备份恢复",
        "an index of it is damaged; run: REINDEX DATABASE": "索引已损坏：请运行 REINDEX DATABASE",
        "the server refuses this user or password; check ARCHIVE_URL": (
            "数据库服务器不认这个用户或密码：请核对 ARCHIVE_URL"
        ),
        "the server refuses this user; check ARCHIVE_URL": (
            "数据库服务器不认这个用户：请核对 ARCHIVE_URL"
        ),
        "the server lets nobody in from here; see its pg_hba.conf": (
            "数据库服务器不许从这里连接：见它的 pg_hba.conf"
        ),
        "the server knows no such user; make one with: createuser NAME": (
            "数据库服务器没有这个用户：可用 createuser NAME 建立"
        ),
        "the database lets nobody in; start again later": "数据库暂不接受连接：请稍后再试",
        "there is no such database; make it with: createdb NAME": (
            "没有这个数据库：可用 createdb NAME 建立"
        ),
        "the server is starting up; wait and start again": "数据库服务器正在启动：请稍后再试",
        "the server is shutting down; start again later": "数据库服务器正在关闭：请稍后再试",
        "there is no such host; check ARCHIVE_URL": "没有这台主机：请核对 ARCHIVE_URL",
        "no server answers there; start it, or check ARCHIVE_URL": (
            "那里没有数据库服务器应答：请启动它，或核对 ARCHIVE_URL"
        ),
        "it is read-only; check its owner and permissions": "文件只读：请检查所有者和权限",
        "it cannot be opened; check the path and its permissions": "无法打开：请检查路径和权限",
        "the file is not a database; give another ARCHIVE_URL": (
            "这个文件不是数据库：请换一个 ARCHIVE_URL"
        ),
        "the file is damaged; restore a backup": "文件已损坏：请用备份恢复",
        "the disk is full; make room and start again": "磁盘已满：腾出空间后再运行",
        "the disk does not take what is written; check it and its room": (
            "磁盘写不进去：请检查磁盘和剩余空间"
        ),
    }
)
