using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Talk;

/// <summary>What somebody said at a record: a visit, a paper, a task.</summary>
public sealed class Comment : IRecord
{
    public const int Longest = 4000;

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public string AboutKind { get; private init; } = "";

    /// <summary>Not called RecordId: what was said about a record does not keep it from being deleted.</summary>
    public Guid AboutId { get; private init; }
    public string Text { get; private init; } = "";
    public Guid? ById { get; private init; }
    public DateTime At { get; private init; }
    public string Title => Text.Length > 80 ? Text[..80] + "…" : Text;

    public static Comment On(string kind, Guid record, string? text, Guid? by, DateTime at)
    {
        var said = Filled(text, "talk.no_text", "comment_text");
        Must(said.Length <= Longest, "talk.long_text", ("most", Longest));
        return new()
        {
            AboutKind = kind,
            AboutId = record,
            Text = said,
            ById = by,
            At = at,
        };
    }
}

/// <summary>A sign somebody put under a comment or a line of a client's timeline. Too small a thing for the journal.</summary>
public sealed class Reaction
{
    public static readonly IReadOnlyList<string> Signs = ["✔", "♥", "★", "☺", "?"];

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid OnId { get; private init; }
    public Guid PersonId { get; private init; }
    public string Sign { get; private init; } = "";

    public static Reaction To(Guid on, Guid person, string sign)
    {
        Must(Signs.Contains(sign), "talk.no_sign");
        return new()
        {
            OnId = on,
            PersonId = person,
            Sign = sign,
        };
    }
}

/// <summary>A person who wants to hear what happens with a record.</summary>
public sealed class Follow
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid PersonId { get; private init; }
    public string AboutKind { get; private init; } = "";
    public Guid AboutId { get; private init; }

    public static Follow Of(Guid person, string kind, Guid record) =>
        new()
        {
            PersonId = person,
            AboutKind = kind,
            AboutId = record,
        };
}

internal sealed class CommentTable : IEntityTypeConfiguration<Comment>
{
    public void Configure(EntityTypeBuilder<Comment> t)
    {
        t.ToTable("comments").Ignore(c => c.Title);
        t.HasIndex(c => new { c.AboutId, c.At });
    }
}

internal sealed class ReactionTable : IEntityTypeConfiguration<Reaction>
{
    public void Configure(EntityTypeBuilder<Reaction> t)
    {
        t.ToTable("reactions");
        t.HasIndex(r => new
            {
                r.OnId,
                r.PersonId,
                r.Sign,
            })
            .IsUnique();
    }
}

internal sealed class FollowTable : IEntityTypeConfiguration<Follow>
{
    public void Configure(EntityTypeBuilder<Follow> t)
    {
        t.ToTable("follows");
        t.HasIndex(f => new { f.AboutId, f.PersonId }).IsUnique();
        t.HasIndex(f => f.PersonId);
    }
}
