using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Dispatch;
using Remit.Modules.Files;
using Remit.Modules.Meetings;
using Remit.Modules.Received.Pages;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Received;

/// <summary>Letters about a visit, a question, an event or a series of meetings on its page.</summary>
internal sealed class LetterBoxes : IVisitSection, IQuestionSection, IMeetingSection
{
    public Task<RenderFragment?> For(Visit visit, AppDb db, Screen screen) => About("visit", visit.Id, db, screen);

    public Task<RenderFragment?> For(Question question, AppDb db, Screen screen) => About("question", question.Id, db, screen);

    public Task<RenderFragment?> For(string kind, Guid id, AppDb db, Screen screen) => About(kind, id, db, screen);

    private static async Task<RenderFragment?> About(string kind, Guid id, AppDb db, Screen screen)
    {
        if (!screen.Can(Permission.VisitsSee))
            return null;
        var letters = await db.Letters(screen.Today)
            .AsNoTracking()
            .Where(l => l.AboutId == id && l.AboutKind == kind)
            .OrderBy(l => l.ReceivedAt)
            .Take(100)
            .ToListAsync();
        if (letters.Count == 0)
            return null;
        var files = await FileDoor.Of(db, LetterRecord.Of, letters.ConvertAll(l => l.Id));
        return page =>
        {
            page.OpenComponent<RecordLetters>(0);
            page.AddComponentParameter(1, nameof(RecordLetters.Letters), letters);
            page.AddComponentParameter(2, nameof(RecordLetters.Files), files);
            page.CloseComponent();
        };
    }
}
