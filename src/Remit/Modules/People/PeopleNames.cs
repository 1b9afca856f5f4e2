using Microsoft.EntityFrameworkCore;
using Remit.Storage;

namespace Remit.Modules.People;

/// <summary>What everybody is called, as most pages show it.</summary>
public static class PeopleNames
{
    /// <summary>Those who left too; kept until somebody joins or is renamed.</summary>
    public static Task<IReadOnlyDictionary<Guid, string>> NamesOfPeople(this AppDb db) =>
        db.Keep<IReadOnlyDictionary<Guid, string>>(
            "names of people",
            [typeof(Person)],
            async () => await db.Set<Person>().Select(p => new { p.Id, p.Name }).ToDictionaryAsync(p => p.Id, p => p.Name)
        );
}
