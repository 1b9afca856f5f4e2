using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Web.Lists;

/// <summary>A question to a list that somebody keeps under a name: a tab for oneself, or for all.</summary>
public sealed class ListView : IVersioned
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public string List { get; private init; } = "";
    public string Name { get; private set; } = "";
    /// <summary>What stands behind the question mark of the address.</summary>
    public string Query { get; private init; } = "";
    /// <summary>Whose it is; null where everyone has it.</summary>
    public Guid? PersonId { get; private init; }
    public Guid? MadeBy { get; private init; }
    public int Version { get; set; }
    public string Title => Name;

    public static ListView Keep(string list, string? name, string query, Actor by, bool shared)
    {
        Must(query.Length is > 0 and <= 2000, "list.view_without_question");
        var view = new ListView { List = list, Query = query, PersonId = shared ? null : by.PersonId, MadeBy = by.PersonId };
        view.Name = Filled(name, "list.view_no_name", "view_name");
        Must(view.Name.Length <= 60, "list.view_long_name");
        return view;
    }

    public bool MayGo(Actor by) => MadeBy == by.PersonId || by.Can(Permission.FirmEdit);
}

/// <summary>Which columns a person wants to see in a list, in what order. A habit, not a record: it has no history.</summary>
public sealed class ListColumns
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string List { get; init; }
    public required Guid PersonId { get; init; }
    /// <summary>Keys of columns with commas between.</summary>
    public required string Columns { get; set; }
}

internal sealed class ListViewTable : IEntityTypeConfiguration<ListView>
{
    public void Configure(EntityTypeBuilder<ListView> t)
    {
        t.ToTable("list_views").Ignore(v => v.Title);
        t.HasIndex(v => v.List);
    }
}

internal sealed class ListColumnsTable : IEntityTypeConfiguration<ListColumns>
{
    public void Configure(EntityTypeBuilder<ListColumns> t)
    {
        t.ToTable("list_columns");
        t.HasIndex(c => new { c.PersonId, c.List }).IsUnique();
    }
}
