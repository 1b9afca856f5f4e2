using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.Files.Pages;
using Remit.Modules.Meetings;
using Remit.Modules.Papers;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Files;

/// <summary>The files of a record as a part of its page, wherever that is.</summary>
public sealed class RecordFiles(RecordKinds kinds) : IClientSection, IVisitSection, IPaperSection, IContractSection, IMeetingSection
{
    public Task<RenderFragment?> For(Client client, AppDb db, Screen screen) => For("client", client.Id, db, screen);

    public Task<RenderFragment?> For(Visit visit, AppDb db, Screen screen) => For("visit", visit.Id, db, screen);

    public Task<RenderFragment?> For(Invoice invoice, AppDb db, Screen screen) => For("paper", invoice.Id, db, screen);

    public Task<RenderFragment?> For(Contract contract, AppDb db, Screen screen) => For("contract", contract.Id, db, screen);

    Task<RenderFragment?> IMeetingSection.For(string kind, Guid id, AppDb db, Screen screen) => For(kind, id, db, screen);

    public async Task<RenderFragment?> For(
        string name,
        Guid record,
        AppDb db,
        Screen screen,
        string title = "file.title",
        bool only = false
    )
    {
        if (kinds.Find(name) is not { } kind || !screen.Can(kind.See))
            return null;
        var files = (await Of(record, db)).FindAll(a => a.RecordKind == name);
        var edits = !only && screen.Can(kind.Edit);
        if (files.Count == 0 && !edits)
            return null;
        var names = await db.NamesOfPeople();
        return page =>
        {
            page.OpenComponent<Attachments>(0);
            page.AddComponentParameter(1, nameof(Attachments.Kind), name);
            page.AddComponentParameter(2, nameof(Attachments.Record), record);
            page.AddComponentParameter(3, nameof(Attachments.Files), files);
            page.AddComponentParameter(4, nameof(Attachments.Names), names);
            page.AddComponentParameter(5, nameof(Attachments.Edits), edits);
            page.AddComponentParameter(6, nameof(Attachments.Title), title);
            page.CloseComponent();
        };
    }

    // Under every name: a client's page has their papers and, apart from them, the way there.
    private static Task<List<Attachment>> Of(Guid record, AppDb db) =>
        db.Keep(
            $"files {record}",
            [typeof(Attachment)],
            () => db.Set<Attachment>().AsNoTracking().Where(a => a.RecordId == record).OrderByDescending(a => a.Id).ToListAsync()
        );
}
