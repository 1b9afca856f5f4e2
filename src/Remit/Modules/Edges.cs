namespace Remit.Modules;

/// <summary>
/// Which module may use which: the picture of the program's dependencies, as data. A test over the compiled program
/// holds it and finds cycles. Kernel, Storage and Web are the ground floor, open to every module.
/// </summary>
public static class Edges
{
    public static readonly IReadOnlyDictionary<string, string[]> Of = new Dictionary<string, string[]>
    {
        ["People"] = [],
        ["Duties"] = ["People"],
        ["Work"] = ["Duties", "People"],
        ["Clients"] = ["People", "Tasks"],
        ["Dispatch"] = ["Clients", "Tasks", "Work", "Mail", "Telegram", "People"],
        ["Telegram"] = [],
        ["Calendar"] = ["Dispatch", "Clients", "Tasks", "Mail", "People"],
        ["Planning"] = ["Calendar", "Dispatch", "Money", "Papers", "Clients", "People"],
        ["Meetings"] = ["Calendar", "Papers", "Pay", "Work", "Duties", "Clients", "Tasks", "Mail", "People"],
        ["Papers"] = ["Clients", "Dispatch", "People"],
        ["Money"] = ["Papers", "Clients", "Tasks", "Work", "People"],
        ["Pay"] = ["Money", "Papers", "Dispatch", "Clients", "Work", "Duties", "People"],
        ["History"] = ["Calendar", "People"],
        ["Jobs"] = [],
        ["Mail"] = ["People"],
        ["Notices"] = ["Mail", "People"],
        ["Talk"] = ["Clients", "Dispatch", "Papers", "Tasks", "People"],
        ["Tasks"] = ["People"],
        ["Files"] = ["Meetings", "Clients", "Dispatch", "Papers", "People"],
        ["Received"] = ["Meetings", "Files", "Calendar", "Dispatch", "Clients", "Tasks", "Mail", "People"],
        ["Search"] = ["Clients", "Papers", "People"],
        ["Start"] = ["Pay", "Papers", "Clients", "Duties", "People"],
        ["Create"] = ["Clients", "Tasks", "People"],
        ["Demo"] =
        [
            "Received",
            "Meetings",
            "Calendar",
            "Tasks",
            "Pay",
            "Money",
            "Papers",
            "Dispatch",
            "Clients",
            "Work",
            "Duties",
            "People",
        ],
    };

    public static readonly IReadOnlyList<string> GroundFloor = ["Kernel", "Storage", "Web"];

    /// <summary>Where the ground floor looks up: to know who asks, a request is matched to a person.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> FromGround = new Dictionary<string, string[]>
    {
        ["Kernel"] = [],
        ["Storage"] = [],
        ["Web"] = ["People"],
    };
}
