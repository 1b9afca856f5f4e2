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
    public Guid? PersonId { get; private set; }
    public Guid? MadeBy { get; private init; }

    /// <summary>Who comes to it first: <c>me</c>, or roles and positions with commas between.</summary>
    public string FirstFor { get; private set; } = "";
    public int Version { get; set; }
    public string Title => Name;

    public static ListView Keep(string list, string? name, string query, Actor by, bool shared)
    {
        Must(query.Length is > 0 and <= 2000, "list.view_without_question");
        var view = new ListView
        {
            List = list,
            Query = query,
            PersonId = shared ? null : by.PersonId,
            MadeBy = by.PersonId,
        };
        view.Rename(name);
        return view;
    }

    public void Rename(string? name)
    {
        Name = Filled(name, "list.view_no_name", "view_name");
        Must(Name.Length <= 60, "list.view_long_name");
    }

    public void Share(bool withAll) => PersonId = withAll ? null : MadeBy;

    /// <summary>One's own tab opens first for oneself; a shared one for roles and positions, if one may set up the firm.</summary>
    public void OpenFirstFor(IEnumerable<string> whom, Actor by) =>
        FirstFor =
            PersonId is not null ? (whom.Contains("me") ? "me" : "")
            : by.Can(Permission.FirmEdit) ? string.Join(',', whom.Where(w => w != "me").Take(50))
            : FirstFor;

    public bool OpensFirstFor(string whom) => FirstFor.Split(',').Contains(whom);

    public bool MayGo(Actor by) => MadeBy == by.PersonId || by.Can(Permission.FirmEdit);
}

/// <summary>Which columns a person wants to see in a list, in what order.</summary>
public sealed class ListColumns : IHabit
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string List { get; init; }
    public required Guid PersonId { get; init; }

    /// <summary>Keys of columns with commas between; empty where the list's own are good.</summary>
    public required string Columns { get; set; }

    /// <summary>Widths in pixels, such as <c>client_title:240,phone:120</c>.</summary>
    public string Widths { get; set; } = "";

    /// <summary>How many of the first columns stay in sight.</summary>
    public int Frozen { get; set; }

    public int? WidthOf(string column) => Width().TryGetValue(column, out var width) ? width : null;

    /// <param name="width">Null gives the column back the width its content asks for.</param>
    public void Resize(string column, int? width)
    {
        var widths = Width();
        if (width is { } set)
            widths[column] = set;
        else
            widths.Remove(column);
        Widths = string.Join(',', widths.Select(w => $"{w.Key}:{w.Value}"));
    }

    private Dictionary<string, int> Width() =>
        Widths
            .Split(',')
            .Select(w => w.Split(':'))
            .Where(w => w.Length == 2 && int.TryParse(w[1], out _))
            .ToDictionary(w => w[0], w => int.Parse(w[1], System.Globalization.CultureInfo.InvariantCulture));
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
