using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Clients;

/// <summary>An organisation or person the firm serves, with the requisites its papers need.</summary>
public sealed class Client : IVersioned, INamed
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public string Name { get; private set; } = "";

    [OrderOf(nameof(Name))]
    public string NameKey { get; set; } = "";

    /// <summary>Name, tax number and address in lower case: what the search looks through.</summary>
    public string Folded { get; private set; } = "";
    public string Country { get; private set; } = "RU";

    /// <summary>INN, UNP, EIK or VÖEN; its check digits were right when it was typed.</summary>
    public string TaxId { get; private set; } = "";
    public string Kpp { get; private set; } = "";
    public string Address { get; private set; } = "";
    public string BankAccount { get; private set; } = "";
    public string Bic { get; private set; } = "";
    public string Language { get; private set; } = "ru";
    public string Segment { get; private set; } = "";

    [OrderOf(nameof(Segment))]
    public string SegmentKey { get; set; } = "";
    public bool KeyAccount { get; private set; }

    /// <summary>How to find the office.</summary>
    public string Route { get; private set; } = "";

    /// <summary>The clock they live by (a name of the tz database); empty where it is that of their country.</summary>
    public string TimeZone { get; private set; } = "";

    [KeepsFormer]
    public Guid? OwnerId { get; private set; }
    public DateTime CreatedAt { get; private init; }

    /// <summary>The client that this one turned out to be; it is listed no more and leads there.</summary>
    public Guid? MergedInto { get; private set; }

    /// <summary>Since when they are served no more: left out of lists and choices, with everything that was.</summary>
    public DateOnly? ArchivedOn { get; private set; }
    public int Version { get; set; }
    public string Title => Name;
    public string SearchText => Folded;
    Guid ISearchable.FoundAs => MergedInto ?? Id;

    public static Client New(string? name, string country, DateTime now)
    {
        var client = new Client { Country = country, CreatedAt = now };
        client.Rename(name);
        return client;
    }

    public void Rename(string? name)
    {
        Name = Filled(name, "client.no_name", "name");
        Must(Name.Length <= 300, "client.long_name");
        Fold();
    }

    public void Register(string country, string? taxId, string? kpp, string? address)
    {
        var id = taxId?.Replace(" ", "") ?? "";
        if (id.Length > 0 && Identifiers.CheckTaxId(country, id) == false)
            throw new Refusal("client.tax_id", ("id", id), ("client", Name)) { Field = "tax_id" };
        (Country, TaxId, Kpp, Address) = (country, id, kpp?.Trim() ?? "", address?.Trim() ?? "");
        Fold();
    }

    public void PayFrom(string? account, string? bic)
    {
        var (number, bank) = (account?.Replace(" ", "") ?? "", bic?.Trim() ?? "");
        if (Country == "RU" && number.Length > 0 && bank.Length > 0 && !Identifiers.IsRuAccount(number, bank))
            throw new Refusal("client.account", ("account", number), ("bic", bank)) { Field = "account" };
        if (number != BankAccount && number.Length > 0 && char.IsLetter(number[0]) && !Identifiers.IsIban(number))
            throw new Refusal("client.iban", ("account", number)) { Field = "account" };
        (BankAccount, Bic) = (number, bank);
    }

    public void Describe(string language, string? segment, bool keyAccount, string? route, Guid? owner) =>
        (Language, Segment, KeyAccount, Route, OwnerId) = (language, segment?.Trim() ?? "", keyAccount, route?.Trim() ?? "", owner);

    public void LiveBy(string? zone)
    {
        TimeZone = zone?.Trim() ?? "";
        Must(TimeZone.Length == 0 || TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _), "client.zone", ("zone", TimeZone));
    }

    public void Place(string? segment)
    {
        Segment = segment?.Trim() ?? "";
        Must(Segment.Length <= 60, "client.long_segment");
    }

    /// <summary>Gives the client to a manager, or to nobody.</summary>
    public void GoTo(Guid? manager) => OwnerId = manager;

    public void LeadTo(Client other) => MergedInto = other.Id;

    public void Archive(DateOnly on) => ArchivedOn ??= on;

    public void Unarchive() => ArchivedOn = null;

    public void Favour(bool isKey) => KeyAccount = isKey;

    /// <summary>The same client as it is now, for trying and comparing.</summary>
    internal Client Copy() => (Client)MemberwiseClone();

    /// <summary>Whether a change would change anything.</summary>
    internal bool SameAs(Client other) =>
        (Name, Country, TaxId, Kpp, Address, BankAccount, Bic)
            == (other.Name, other.Country, other.TaxId, other.Kpp, other.Address, other.BankAccount, other.Bic)
        && (Language, Segment, KeyAccount, Route, OwnerId) == (other.Language, other.Segment, other.KeyAccount, other.Route, other.OwnerId)
        && TimeZone == other.TimeZone;

    private void Fold() => Folded = Folding.Of($"{Name} {TaxId} {Address}");
}

/// <summary>A person at a client.</summary>
[PartOf(typeof(Client), nameof(ClientId))]
public sealed class Contact : IVersioned, ISearchable
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid ClientId { get; private init; }
    public string Name { get; private set; } = "";

    [OrderOf(nameof(Name))]
    public string NameKey { get; set; } = "";
    public string Post { get; private set; } = "";

    [OrderOf(nameof(Post))]
    public string PostKey { get; set; } = "";
    public string Phone { get; private set; } = "";
    public string Email { get; private set; } = "";
    public bool DecisionMaker { get; private set; }
    public DateOnly? Birthday { get; private set; }
    public int Version { get; set; }
    public string Title => Name;

    // Digits alone as well: a number is looked for as it is dialled, whatever stands between its groups.
    public string SearchText => $"{Name} {Post} {Phone} {new string([.. Phone.Where(char.IsAsciiDigit)])} {Email}";
    Guid ISearchable.FoundAs => ClientId;

    public static Contact At(Client client, string? name, string? post, string? phone, string? email, bool decides)
    {
        var contact = new Contact { ClientId = client.Id };
        contact.Describe(name, post, phone, email, decides);
        return contact;
    }

    public void Describe(string? name, string? post, string? phone, string? email, bool decides)
    {
        var mail = email?.Trim() ?? "";
        if (mail.Length > 0 && mail != Email && !System.Net.Mail.MailAddress.TryCreate(mail, out _))
            throw new Refusal("contact.email", ("email", mail)) { Field = "email" };
        (Name, Post, Phone, Email, DecisionMaker) = (
            Filled(name, "contact.no_name", "name"),
            post?.Trim() ?? "",
            phone?.Trim() ?? "",
            mail,
            decides
        );
    }

    /// <summary>The day of birth; the year 1904 stands for one that was not said, as phones write it.</summary>
    public void WasBorn(DateOnly? on) => Birthday = on;
}

internal sealed class ClientTable : IEntityTypeConfiguration<Client>
{
    public void Configure(EntityTypeBuilder<Client> t)
    {
        t.ToTable("clients").Ignore(c => c.Title);
        t.HasIndex(c => new { c.Name, c.Id });
        t.HasIndex(c => c.TaxId);
        t.HasIndex(c => new { c.Folded, c.Id });
        t.HasIndex(c => new { c.NameKey, c.Id });
        t.HasIndex(c => new { c.SegmentKey, c.Id });
        t.HasIndex(c => c.OwnerId);
    }
}

internal sealed class ContactTable : IEntityTypeConfiguration<Contact>
{
    public void Configure(EntityTypeBuilder<Contact> t)
    {
        t.ToTable("contacts").Ignore(c => c.Title);
        t.HasIndex(c => c.ClientId);
        t.HasIndex(c => c.Email);
        t.HasIndex(c => new { c.NameKey, c.Id });
        t.HasIndex(c => new { c.PostKey, c.Id });
    }
}
