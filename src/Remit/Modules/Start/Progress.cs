using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Duties;
using Remit.Modules.Papers;
using Remit.Modules.People;
using Remit.Modules.Start.Pages;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Start;

/// <summary>How far a young firm is: each step is done when what it makes is there, or passed over.</summary>
/// <param name="Missing">What the own company still lacks to issue papers and be paid; text keys.</param>
public sealed record Progress(IReadOnlySet<string> Done, IReadOnlySet<string> Skipped, IReadOnlyList<string> Missing)
{
    public static readonly IReadOnlyList<string> Steps = ["preset", "company", "clients", "people", "duties"];

    public string? Next => Steps.FirstOrDefault(s => !Done.Contains(s) && !Skipped.Contains(s));
    public bool IsOver => Next is null;

    /// <summary>Where the company's data are typed: the page of the bank where nothing else is missing.</summary>
    public string ToCompany => Missing is ["field.account"] ? "set-up/bank" : "set-up/company";

    public static async Task<Progress> Of(AppDb db)
    {
        var done = new HashSet<string>();
        if (await db.Set<Duty>().AnyAsync(d => !d.Retired))
            done.Add("preset");
        var company = (await db.OwnCompanies()).FirstOrDefault();
        List<string> missing = company is null ? ["setup.company", "setup.bank"] : [.. company.Missing()];
        if (missing.Count == 0)
            done.Add("company");
        if (await db.Set<Client>().AnyAsync())
            done.Add("clients");
        if (await db.Set<Person>().CountAsync(p => p.Active) > 1)
            done.Add("people");
        if (await db.Set<DutyNorm>().AnyAsync())
            done.Add("duties");
        return new(done, await db.Set<SkippedStep>().Select(s => s.Step).ToHashSetAsync(), missing);
    }
}

/// <summary>On the owner's day until the first steps are done or passed over.</summary>
internal sealed class StartDay : IDaySection
{
    public bool Wide => true;

    public async Task<RenderFragment?> For(AppDb db, Screen screen)
    {
        if (!screen.Can(Permission.FirmEdit) || screen.Firm is { IsDemo: true })
            return null;
        var progress = await Progress.Of(db);
        if (progress.IsOver)
            return null;
        return page =>
        {
            page.OpenComponent<StartBox>(0);
            page.AddComponentParameter(1, nameof(StartBox.Of), progress);
            page.CloseComponent();
        };
    }
}
