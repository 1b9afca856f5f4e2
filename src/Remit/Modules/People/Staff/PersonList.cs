using Remit.Kernel;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Lists;

namespace Remit.Modules.People;

/// <summary>A person as the list shows them; what they are paid by stands elsewhere.</summary>
public sealed record PersonRow : IIdentified
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string NameKey { get; init; }
    public required Role Role { get; init; }
    public required string City { get; init; }
    public required string CityKey { get; init; }
    public required string Email { get; init; }
    public required bool Left { get; init; }
    public required Guid? PersonId { get; init; }
}

/// <summary>Everyone who works or worked in the firm, as a list; positions and who holds them stand at <c>people</c>.</summary>
public static class PersonList
{
    public static readonly ListOf<PersonRow> List = new()
    {
        Path = "people/all",
        Title = "people.all",
        Needs = Permission.PeopleSee,
        Sort = "name",
        Empty = "people.nobody",
        Rows = (db, screen) =>
            from person in db.Set<Person>()
            select new PersonRow
            {
                Id = person.Id,
                PersonId = person.Id,
                Name = person.Name,
                NameKey = person.NameKey,
                Role = person.Role,
                City = person.City,
                CityKey = person.CityKey,
                Email = person.Email,
                Left = !person.Active,
            },
        Columns =
        [
            Column<PersonRow>.Of("name", r => r.Name, sort: r => r.NameKey, marks: r => r.Left ? [new Mark("people.has_left")] : []),
            Column<PersonRow>.Of("role", r => r.Role, show: (r, t) => t["role." + r.Role]),
            Column<PersonRow>.Of("city", r => r.City, sort: r => r.CityKey),
            Column<PersonRow>.Of("email", r => r.Email, sort: r => r.Email, link: r => "mailto:" + r.Email),
        ],
        Filters = [Filter<PersonRow>.State("role", r => r.Role, "role"), Filter<PersonRow>.Flag("has_left", r => r.Left)],
        Presets = [new("people.working", "has_left=no")],
        Buttons = [new("menu.people", "people", Permission.PeopleSee)],
    };
}
