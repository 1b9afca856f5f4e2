using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Lists;

namespace Remit.Modules.Notices.Inbox;

/// <summary>Every notice one had, done with or not, as a list; what is new stands at <c>notices</c>.</summary>
public static class NoticeList
{
    public static readonly ListOf<NoticeRow> List = new()
    {
        Path = "notices/all",
        Title = "notice.all",
        Needs = Permission.Home,
        Sort = "-notice_at",
        Empty = "notice.none",
        Rows = (db, screen) => db.Set<NoticeRow>().Where(n => n.PersonId == screen.Person!.PersonId),
        Open = row => row.Path,
        Columns =
        [
            Column<NoticeRow>.Of(
                "notice_text",
                n => n.Values,
                show: (n, t) => n.Says(t),
                marks: n => [n.DoneAt is null ? new Mark("notice.is_open", "wait") : new Mark("notice.is_done", "ok")]
            ),
            Column<NoticeRow>.Of("notice_sort", n => n.Sort, show: (n, t) => t["notice.sort." + n.Sort]),
            Column<NoticeRow>.Moment("notice_at", n => n.At),
        ],
        Filters =
        [
            Filter<NoticeRow>.State("notice_sort", n => n.Sort, "notice.sort"),
            Filter<NoticeRow>.Flag("notice_open", n => n.DoneAt == null),
            Filter<NoticeRow>.Moment("notice_at", n => n.At),
        ],
        Presets = [new("notice.only.open", "notice_open=yes"), new("notice.sort.Mention", "notice_sort=Mention")],
        Acts =
        [
            new("notice_done", Permission.Home, (db, ids, _, screen) => Each(db, ids, n => n.Done(screen.Now))),
            new("notice_open", Permission.Home, (db, ids, _, _) => Each(db, ids, n => n.Reopen())),
        ],
        Buttons = [new("menu.notices", "notices", Permission.Home)],
    };

    private static async Task Each(AppDb db, IReadOnlyList<Guid> ids, Action<NoticeRow> act)
    {
        foreach (var notice in await db.Set<NoticeRow>().Where(n => ids.Contains(n.Id)).ToListAsync())
            act(notice);
    }
}
