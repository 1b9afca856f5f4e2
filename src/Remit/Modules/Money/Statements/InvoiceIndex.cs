namespace Remit.Modules.Money.Statements;

/// <summary>Open invoices by everything a payment may know about them, so that no payment looks at all of them.</summary>
internal sealed class InvoiceIndex
{
    private static readonly int[] None = [];
    private readonly Dictionary<string, List<int>> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _byDigits = new(StringComparer.Ordinal);
    private readonly Dictionary<(Guid, string), List<int>> _byClientDigits = [];
    private readonly Dictionary<(long, string), List<int>> _byAmount = [];
    private readonly Dictionary<(Guid, long), List<int>> _byClientAmount = [];
    private readonly Dictionary<Guid, List<int>> _byClient = [];
    private readonly Dictionary<string, HashSet<Guid>> _clients = new(StringComparer.Ordinal);

    public InvoiceIndex(IEnumerable<OpenInvoice> invoices)
    {
        // Oldest first, so that every list of positions is in the order in which money is owed.
        Invoices = invoices.Where(i => i.OpenMinor > 0).OrderBy(i => i.IssuedOn).ThenBy(i => i.Number, StringComparer.Ordinal).ToArray();
        Keys = new (string, string)[Invoices.Length];
        Words = new IReadOnlyList<string>[Invoices.Length];
        var words = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        for (var at = 0; at < Invoices.Length; at++)
        {
            var invoice = Invoices[at];
            var key = PurposeNumbers.Normalize(invoice.Number);
            var digits = PurposeNumbers.LastDigits(key);
            Keys[at] = (key, digits);
            if (key.Length > 0)
                Add(_byKey, key, at);
            if (digits.Length > 0)
            {
                Add(_byDigits, digits, at);
                Add(_byClientDigits, (invoice.ClientId, digits), at);
            }
            Add(_byAmount, (invoice.OpenMinor, invoice.Currency), at);
            Add(_byClientAmount, (invoice.ClientId, invoice.OpenMinor), at);
            Add(_byClient, invoice.ClientId, at);
            if (!string.IsNullOrEmpty(invoice.ClientInn))
                Client("i" + invoice.ClientInn, invoice.ClientId);
            foreach (var account in invoice.ClientAccounts)
                Client("a" + account, invoice.ClientId);
            if (!words.TryGetValue(invoice.ClientName, out var name))
                words[invoice.ClientName] = name = Names.Words(invoice.ClientName);
            Words[at] = name;
            if (name.Count > 0)
                Client("n" + string.Join(' ', name), invoice.ClientId);
        }
    }

    public OpenInvoice[] Invoices { get; }
    public (string Key, string Digits)[] Keys { get; }

    /// <summary>The words of the client's name, cut once and not for every payment that looks at it.</summary>
    public IReadOnlyList<string>[] Words { get; }

    public IReadOnlyList<int> ByKey(string key) => Of(_byKey, key);

    public IReadOnlyList<int> ByDigits(string digits) => Of(_byDigits, digits);

    public IReadOnlyList<int> ByDigits(Guid client, string digits) => Of(_byClientDigits, (client, digits));

    public IReadOnlyList<int> ByAmount(long minor, string currency) => Of(_byAmount, (minor, currency));

    public IReadOnlyList<int> ByAmount(Guid client, long minor) => Of(_byClientAmount, (client, minor));

    public IReadOnlyList<int> ByClient(Guid client) => Of(_byClient, client);

    /// <summary>The clients the payer may be: by tax number and account, and by name when those tell nothing.</summary>
    public HashSet<Guid> Clients(Party payer)
    {
        var found = new HashSet<Guid>();
        if (payer.Inn.Length > 0)
            Join("i" + payer.Inn);
        if (payer.Account.Length > 0)
            Join("a" + payer.Account);
        if (found.Count == 0)
            Join("n" + Names.Key(payer.Name));
        return found;

        void Join(string key)
        {
            if (_clients.TryGetValue(key, out var clients))
                found.UnionWith(clients);
        }
    }

    private void Client(string key, Guid client)
    {
        if (!_clients.TryGetValue(key, out var set))
            _clients[key] = set = [];
        set.Add(client);
    }

    private static void Add<T>(Dictionary<T, List<int>> index, T key, int at)
        where T : notnull
    {
        if (!index.TryGetValue(key, out var list))
            index[key] = list = [];
        list.Add(at);
    }

    private static IReadOnlyList<int> Of<T>(Dictionary<T, List<int>> index, T key)
        where T : notnull => index.TryGetValue(key, out var list) ? list : None;
}

/// <summary>Compares names of companies and people without their legal form, quotes and case.</summary>
internal static class Names
{
    private static readonly HashSet<string> Forms = new(StringComparer.Ordinal)
    {
        "ООО",
        "АО",
        "ПАО",
        "ОАО",
        "ЗАО",
        "НАО",
        "ИП",
        "ФГУП",
        "МУП",
        "ГБУ",
        "АНО",
        "ОБЩЕСТВО",
        "С",
        "ОГРАНИЧЕННОЙ",
        "ОТВЕТСТВЕННОСТЬЮ",
        "АКЦИОНЕРНОЕ",
        "ПУБЛИЧНОЕ",
        "ИНДИВИДУАЛЬНЫЙ",
        "ПРЕДПРИНИМАТЕЛЬ",
        "LLC",
        "LTD",
        "MMC",
        "ЕООД",
        "ООД",
        "АД",
    };

    public static IReadOnlyList<string> Words(string name)
    {
        var clean = string.Create(
            name.Length,
            name,
            static (span, source) =>
            {
                for (var i = 0; i < span.Length; i++)
                    span[i] = char.IsLetterOrDigit(source[i]) ? char.ToUpperInvariant(source[i]) : ' ';
            }
        );
        return clean
            .Replace('Ё', 'Е')
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(w => !Forms.Contains(w))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToArray();
    }

    public static string Key(string name) => string.Join(' ', Words(name));

    /// <summary>Common words in all words of both names, 0 to 1.</summary>
    public static double Similarity(IReadOnlyList<string> a, IReadOnlyList<string> b)
    {
        if (a.Count == 0 || b.Count == 0)
            return 0;
        var common = a.Count(b.Contains);
        return (double)common / (a.Count + b.Count - common);
    }
}
