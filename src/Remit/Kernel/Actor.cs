namespace Remit.Kernel;

/// <summary>Who is doing this: a person of the firm, with the role that says what they may.</summary>
/// <param name="PersonId">Null for Remit itself (imports, jobs, the demo).</param>
public sealed record Actor(Guid? PersonId, string Name, Role Role)
{
    public static readonly Actor Remit = new(null, "Remit", Role.Owner);

    public bool Can(Permission permission) => Rights.Of(Role).Contains(permission);
}

/// <summary>What a person does in the firm, as far as rights go. Duties hang on positions, rights on roles.</summary>
public enum Role
{
    Programmer,
    Manager,
    Hr,
    Accountant,
    Director,
    Owner,
}

/// <summary>One thing that one may do. Every route names exactly one.</summary>
public enum Permission
{
    Home,
    DutiesSee,
    DutiesEdit,
    PeopleSee,
    PeopleEdit,
    ClientsSee,
    ClientsEdit,
    VisitsSee,
    VisitsEdit,
    CalendarSee,
    CalendarEdit,
    PapersSee,
    PapersEdit,
    BankSee,
    BankEdit,
    PaySeeOwn,
    PaySeeAll,
    PayEdit,
    PayApprove,
    History,
    FirmEdit,
    TeamSee,
    MeetingsSee,
    MeetingsEdit,
}

/// <summary>The table of rights: which role may do what.</summary>
public static class Rights
{
    private static readonly Permission[] everyone =
    [
        Permission.Home,
        Permission.DutiesSee,
        Permission.PeopleSee,
        Permission.ClientsSee,
        Permission.VisitsSee,
        Permission.PaySeeOwn,
        Permission.CalendarSee,
        Permission.CalendarEdit,
        Permission.MeetingsSee,
    ];
    private static readonly Permission[] office =
    [
        .. everyone,
        Permission.ClientsEdit,
        Permission.VisitsEdit,
        Permission.PapersSee,
        Permission.PapersEdit,
        Permission.BankSee,
        Permission.History,
        Permission.MeetingsEdit,
    ];

    private static readonly Dictionary<Role, HashSet<Permission>> table = new()
    {
        [Role.Programmer] = [.. everyone, Permission.VisitsEdit],
        [Role.Manager] = [.. office, Permission.BankEdit],
        [Role.Hr] = [.. office, Permission.PeopleEdit, Permission.DutiesEdit],
        [Role.Accountant] = [.. office, Permission.BankEdit, Permission.PaySeeAll, Permission.PayEdit],
        [Role.Director] = [.. Enum.GetValues<Permission>().Except([Permission.FirmEdit])],
        [Role.Owner] = [.. Enum.GetValues<Permission>()],
    };

    public static IReadOnlySet<Permission> Of(Role role) => table[role];
}
