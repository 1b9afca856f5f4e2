using System.Runtime.InteropServices;

namespace Remit.Modules.Money.Statements;

/// <summary>Open invoices by everything a payment may know about them, so that no payment looks at all of them.</summary>
internal sealed class InvoiceIndex
{
    private readonly Positions<string> _byKey;
    private readonly Positions<string> _byDigits;
    private readonly Positions<(long, string)> _byAmount;
    private readonly Positions<Guid> _byClient;
    private readonly Dictionary<string, HashSet<Guid>> _clients = new(StringComparer.Ordinal);
    private readonly Lazy<Dictionary<string, HashSet<Guid>>> _clientsByName;
    private readonly IReadOnlyList<string>?[] _words;

    public InvoiceIndex(IEnumerable<OpenInvoice> invoices)
    {
        // Oldest first, so that every chain of positions is in the order in which money is owed.
        Invoices = invoices.Where(i => i.OpenMinor > 0).OrderBy(i => i.IssuedOn).ThenBy(i => i.Number, StringComparer.Ordinal).ToArray();
        var count = Invoices.Length;
        Keys = new (string, string)[count];
        _words = new IReadOnlyList<string>?[count];
        (_byKey, _byDigits, _byAmount, _byClient) = (new(count), new(count), new(count), new(count));
        _clientsByName = new(ClientsByName);
        for (var at = 0; at < count; at++)
        {
            var invoice = Invoices[at];
            var key = PurposeNumbers.Normalize(invoice.Number);
            var digits = PurposeNumbers.LastDigits(key);
            Keys[at] = (key, digits);
            if (key.Length > 0)
                _byKey.Add(key, at);
            if (digits.Length > 0)
                _byDigits.Add(digits, at);
            _byAmount.Add((invoice.OpenMinor, invoice.Currency), at);
            if (!_byClient.Add(invoice.ClientId, at))
                continue;
            if (!string.IsNullOrEmpty(invoice.ClientInn))
                Client(_clients, "i" + invoice.ClientInn, invoice.ClientId);
            foreach (var account in invoice.ClientAccounts)
                Client(_clients, "a" + account, invoice.ClientId);
        }
    }

    public OpenInvoice[] Invoices { get; }
    public (string Key, string Digits)[] Keys { get; }

    public IEnumerable<int> ByKey(string key) => _byKey.Of(key);

    public IEnumerable<int> ByDigits(string digits) => _byDigits.Of(digits);

    public IEnumerable<int> ByDigits(Guid client, string digits) => ByClient(client).Where(at => Keys[at].Digits == digits);

    public IEnumerable<int> ByAmount(long minor, string currency) => _byAmount.Of((minor, currency));

    public IEnumerable<int> ByAmount(Guid client, long minor) => ByClient(client).Where(at => Invoices[at].OpenMinor == minor);

    public IEnumerable<int> ByClient(Guid client) => _byClient.Of(client);

    /// <summary>The words of the client's name, cut once and not for every payment that looks at it.</summary>
    public IReadOnlyList<string> Words(int at) => _words[at] ??= Names.Words(Invoices[at].ClientName);

    /// <summary>The clients the payer may be: by tax number and account, and by name when those tell nothing.</summary>
    public HashSet<Guid> Clients(Party payer)
    {
        var found = new HashSet<Guid>();
        if (payer.Inn.Length > 0)
            Join(_clients, "i" + payer.Inn);
        if (payer.Account.Length > 0)
            Join(_clients, "a" + payer.Account);
        if (found.Count == 0)
            Join(_clientsByName.Value, Names.Key(payer.Name));
        return found;

        void Join(Dictionary<string, HashSet<Guid>> known, string key)
        {
            if (known.TryGetValue(key, out var clients))
                found.UnionWith(clients);
        }
    }

    private Dictionary<string, HashSet<Guid>> ClientsByName()
    {
        var known = new Dictionary<string, HashSet<Guid>>(StringComparer.Ordinal);
        foreach (var invoice in Invoices.DistinctBy(i => i.ClientId))
            if (Names.Key(invoice.ClientName) is { Length: > 0 } name)
                Client(known, name, invoice.ClientId);
        return known;
    }

    private static void Client(Dictionary<string, HashSet<Guid>> known, string key, Guid client)
    {
        if (!known.TryGetValue(key, out var set))
            known[key] = set = [];
        set.Add(client);
    }

    /// <summary>Positions by a key, in the order in which they were added: chains through one array, not a list to each key.</summary>
    private sealed class Positions<TKey>(int count)
        where TKey : notnull
    {
        private readonly Dictionary<TKey, (int First, int Last)> ends = new(count);
        private readonly int[] next = new int[count];

        /// <summary>Whether the key is a new one.</summary>
        public bool Add(TKey key, int at)
        {
            ref var chain = ref CollectionsMarshal.GetValueRefOrAddDefault(ends, key, out var known);
            if (known)
                next[chain.Last] = at;
            chain = (known ? chain.First : at, at);
            next[at] = -1;
            return !known;
        }

        public IEnumerable<int> Of(TKey key)
        {
            if (ends.TryGetValue(key, out var chain))
                for (var at = chain.First; at >= 0; at = next[at])
                    yield return at;
        }
    }
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

    /// <summary>Each once, in one order.</summary>
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
        var words = new List<string>();
        foreach (var word in clean.Replace('Ё', 'Е').Split(' ', StringSplitOptions.RemoveEmptyEntries))
            if (!Forms.Contains(word) && words.BinarySearch(word, StringComparer.Ordinal) is < 0 and var place)
                words.Insert(~place, word);
        return words;
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
