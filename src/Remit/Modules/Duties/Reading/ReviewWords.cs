namespace Remit.Modules.Duties.Reading;

/// <summary>What one language calls vague, trivial or an open end. Entries are beginnings of words, lower case.</summary>
internal sealed partial record ReviewWords
{
    /// <summary>Words and phrases that hide what is done.</summary>
    public required string[] Vague { get; init; }

    /// <summary>Feelings in place of facts.</summary>
    public required string[] Emotional { get; init; }

    /// <summary>Actions that never end in anything by themselves.</summary>
    public required string[] OpenEnded { get; init; }

    /// <summary>Little words that show where, to whom or for what.</summary>
    public required string[] Towards { get; init; }

    /// <summary>Words that say nothing about the work and make no two duties alike.</summary>
    public required string[] Idle { get; init; }

    /// <summary>Marks of a duty too small to be counted on its own.</summary>
    public required string[] Trivial { get; init; }

    /// <summary>Endings of words that name an action.</summary>
    public required string[] ActionEndings { get; init; }

    /// <summary>Actions that the endings do not catch.</summary>
    public required string[] Actions { get; init; }

    /// <summary>Words with an action's ending that name a thing.</summary>
    public required string[] NotActions { get; init; }

    /// <summary>How to write a duty: {0} is the present wording without its vague words.</summary>
    public required string Concrete { get; init; }

    /// <summary>How to name the result of {0}.</summary>
    public required string WithResult { get; init; }

    /// <summary>How to fold trifles into one duty.</summary>
    public required string Folded { get; init; }

    /// <summary>How to merge with the duty numbered {0}.</summary>
    public required string Merged { get; init; }

    /// <summary>The table of a language; English for one that has none.</summary>
    public static ReviewWords Of(string lang) =>
        lang switch
        {
            "ru" => Russian,
            "bg" => Bulgarian,
            "az" => Azerbaijani,
            _ => English,
        };
}
