using Remit.Kernel;
using Remit.Modules.People;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Clients;

/// <summary>What is said about a client, by a form or by another program. What is absent stays as it was.</summary>
public sealed record ClientFields
{
    public string? Name { get; init; }
    public string? Country { get; init; }
    public string? TaxId { get; init; }
    public string? Kpp { get; init; }
    public string? Address { get; init; }
    public string? Account { get; init; }
    public string? Bic { get; init; }
    public string? Lang { get; init; }
    public string? Segment { get; init; }
    public bool? KeyAccount { get; init; }
    public string? Route { get; init; }

    /// <summary>A name of the tz database, such as Asia/Baku; empty for the clock of the country.</summary>
    public string? TimeZone { get; init; }

    /// <summary>All zeros: nobody.</summary>
    public Guid? Manager { get; init; }

    /// <summary>Save although another client looks the same.</summary>
    public bool SameIsFine { get; init; }

    /// <summary>The version the change was made from; not needed beside If-Match.</summary>
    public int? Version { get; init; }

    /// <summary>A form sends every field, so an empty one empties.</summary>
    public static ClientFields Of(Form form) =>
        new()
        {
            Name = form.Text("client_title") ?? "",
            Country = form.Must("country"),
            TaxId = form.Text("tax_id") ?? "",
            Kpp = form.Text("kpp") ?? "",
            Address = form.Text("legal_address") ?? "",
            Account = form.Text("account") ?? "",
            Bic = form.Text("bic") ?? "",
            Lang = form.Must("lang"),
            Segment = form.Text("segment") ?? "",
            KeyAccount = form.Flag("key_account"),
            Route = form.Text("route") ?? "",
            TimeZone = form.Sent("time_zone"),
            Manager = form.Id("manager") ?? Guid.Empty,
            SameIsFine = form.Flag("same_is_fine"),
        };

    public void Fill(Client client)
    {
        if (Name is not null)
            client.Rename(Name);
        client.Register(Countries.Of(Country ?? client.Country).Code, TaxId ?? client.TaxId, Kpp ?? client.Kpp, Address ?? client.Address);
        client.PayFrom(Account ?? client.BankAccount, Bic ?? client.Bic);
        var language = Lang ?? client.Language;
        if (!Texts.Languages.Contains(language))
            throw new Refusal("client.language", ("language", language)) { Field = "lang" };
        client.Describe(
            language,
            Segment ?? client.Segment,
            KeyAccount ?? client.KeyAccount,
            Route ?? client.Route,
            Manager is null ? client.OwnerId
                : Manager == Guid.Empty ? null
                : Manager
        );
        if (TimeZone is not null)
            client.LiveBy(TimeZone);
    }
}

/// <summary>What is said about a contact. What is absent stays as it was.</summary>
public sealed record ContactFields
{
    public string? Name { get; init; }
    public string? Post { get; init; }
    public string? Phone { get; init; }
    public string? Email { get; init; }
    public bool? DecisionMaker { get; init; }
    public DateOnly? Birthday { get; init; }
    public int? Version { get; init; }

    public void Fill(Contact contact)
    {
        contact.Describe(
            Name ?? contact.Name,
            Post ?? contact.Post,
            Phone ?? contact.Phone,
            Email ?? contact.Email,
            DecisionMaker ?? contact.DecisionMaker
        );
        if (Birthday is not null)
            contact.WasBorn(Birthday);
    }
}
