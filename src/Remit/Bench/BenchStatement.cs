using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Remit.Modules.Clients;
using Remit.Modules.Money;
using Remit.Modules.Papers;
using Remit.Storage;

namespace Remit;

/// <summary>
/// A statement for the measured firm: of ten rows seven name the invoice they pay, two pay one to the kopeck without
/// naming it, one pays nothing that was billed. It remembers the truth.
/// </summary>
internal sealed class BenchStatement
{
    private readonly Dictionary<string, Guid> truth = [];

    public byte[] Bytes { get; private set; } = [];

    public static async Task<BenchStatement> For(AppDb db, int rows)
    {
        var statement = new BenchStatement();
        var account = await db.Set<OwnCompany>().Select(c => c.Account).SingleAsync();
        var invoices = await db.Set<Invoice>()
            .AsNoTracking()
            .Where(i => i.State == InvoiceState.Issued)
            .OrderBy(i => i.Number)
            .Join(
                db.Set<Client>(),
                i => i.ClientId,
                c => c.Id,
                (i, c) =>
                    new
                    {
                        i.Id,
                        i.Number,
                        i.IssuedOn,
                        i.Total,
                        c.Name,
                        c.TaxId,
                    }
            )
            .ToListAsync();
        var text = new StringBuilder($"1CClientBankExchange\nВерсияФормата=1.03\nКодировка=UTF-8\nРасчСчет={account}\n");
        for (var row = 0; row < rows; row++)
        {
            // A step that shares no factor with the count goes over them without meeting one twice.
            var invoice = invoices[(int)(row * 7919L % invoices.Count)];
            var known = row % 10 < 9 && row < invoices.Count;
            if (known)
                statement.truth[$"{row + 1}"] = invoice.Id;
            var minor = known ? invoice.Total.Minor : invoice.Total.Minor + 37;
            text.Append(
                CultureInfo.InvariantCulture,
                $"""
                СекцияДокумент=Платежное поручение
                Номер={row + 1}
                Дата={invoice.IssuedOn:dd.MM.yyyy}
                Сумма={minor / 100}.{minor % 100:00}
                ПлательщикСчет=40702810900000000001
                ПлательщикИНН={(known ? invoice.TaxId : "")}
                Плательщик1={(known ? invoice.Name : "Неизвестный плательщик")}
                ПолучательСчет={account}
                ДатаПоступило={invoice.IssuedOn:dd.MM.yyyy}
                НазначениеПлатежа={(
                    !known ? "Прочие поступления"
                    : row % 10 < 7 ? $"Оплата по счёту № {invoice.Number} от {invoice.IssuedOn:dd.MM.yyyy}, в т.ч. НДС 20%"
                    : "Оплата за услуги"
                )}
                КонецДокумента

                """
            );
        }
        statement.Bytes = Encoding.UTF8.GetBytes(text.Append("КонецФайла\n").ToString());
        return statement;
    }

    /// <summary>Of the rows that pay an invoice, the share laid against one without a person; of those laid, the share laid right.</summary>
    public async Task<(double Matched, double Right)> Check(AppDb db)
    {
        var laid = await db.Set<MoneyEntry>()
            .AsNoTracking()
            .Join(db.Set<BankLine>(), m => m.LineId, l => l.Id, (m, l) => new { l.Number, m.InvoiceId })
            .ToListAsync();
        var right = laid.Count(l => truth.TryGetValue(l.Number, out var invoice) && invoice == l.InvoiceId);
        return ((double)laid.Count / Math.Max(1, truth.Count), (double)right / Math.Max(1, laid.Count));
    }
}
