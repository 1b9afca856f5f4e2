using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.Papers;
using Remit.Modules.People;
using Remit.Modules.Talk.Pages;
using Remit.Modules.Tasks;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Talk;

/// <summary>Talk as a part of a record's page. A client's notes are its talk, so there one only follows.</summary>
public sealed class TalkSections(RecordKinds kinds) : IClientSection, IVisitSection, IPaperSection, IContractSection, ITaskSection
{
    private const int Shown = 100;

    public Task<RenderFragment?> For(Client client, AppDb db, Screen screen) => For("client", client.Id, db, screen, onlyFollow: true);

    public Task<RenderFragment?> For(Visit visit, AppDb db, Screen screen) => For("visit", visit.Id, db, screen);

    public Task<RenderFragment?> For(Invoice invoice, AppDb db, Screen screen) => For("paper", invoice.Id, db, screen);

    public Task<RenderFragment?> For(Contract contract, AppDb db, Screen screen) => For("contract", contract.Id, db, screen);

    public Task<RenderFragment?> For(WorkTask task, AppDb db, Screen screen) => For("task", task.Id, db, screen);

    private async Task<RenderFragment?> For(string name, Guid record, AppDb db, Screen screen, bool onlyFollow = false)
    {
        if (kinds.Find(name) is not { } kind || !screen.Can(kind.See) || screen.Person?.PersonId is not { } me)
            return null;
        var comments = onlyFollow
            ? []
            : await db.Set<Comment>().AsNoTracking().Where(c => c.AboutId == record).OrderByDescending(c => c.At).Take(Shown).ToListAsync();
        var ids = comments.Select(c => c.Id).ToList();
        var reactions = (
            ids.Count == 0 ? [] : await db.Set<Reaction>().AsNoTracking().Where(r => ids.Contains(r.OnId)).ToListAsync()
        ).ToLookup(r => r.OnId);
        var followers = await db.Set<Follow>().Where(f => f.AboutId == record).Select(f => f.PersonId).ToListAsync();
        var names = await db.NamesOfPeople();
        return page =>
        {
            page.OpenComponent<TalkBox>(0);
            page.AddComponentParameter(1, nameof(TalkBox.Kind), name);
            page.AddComponentParameter(2, nameof(TalkBox.Record), record);
            page.AddComponentParameter(3, nameof(TalkBox.Comments), (IReadOnlyList<Comment>)[.. comments.OrderBy(c => c.At)]);
            page.AddComponentParameter(4, nameof(TalkBox.Reactions), reactions);
            page.AddComponentParameter(5, nameof(TalkBox.Names), names);
            page.AddComponentParameter(
                6,
                nameof(TalkBox.Followers),
                (IReadOnlyList<string>)[.. followers.Select(f => names.GetValueOrDefault(f, "")).Order()]
            );
            page.AddComponentParameter(7, nameof(TalkBox.Follows), followers.Contains(me));
            page.AddComponentParameter(8, nameof(TalkBox.OnlyFollow), onlyFollow);
            page.CloseComponent();
        };
    }
}
