using Remit.Kernel;
using Remit.Modules.Money.Statements;

namespace Remit;

public static partial class Commands
{
    private static Task<int> BankRead(string[] args)
    {
        var file = FileOf(args, "bank", "read");
        var bytes = TextFile.Bytes(file);
        Statement statement;
        try
        {
            statement = ClientBankExchange.Read(bytes);
        }
        catch (NotAStatement not)
        {
            throw new CannotRun($"{file}: {not.Message}");
        }
        Console.WriteLine(args.Contains("--json") ? StatementJson.Write(statement) : Plain(statement));
        return Task.FromResult(0);
    }

    private static string Plain(Statement statement)
    {
        var lines = new List<string>
        {
            $"{statement.Documents.Count} documents, {statement.Accounts.Count} accounts, {statement.Encoding}",
        };
        foreach (var document in statement.Documents)
        {
            var (sign, other) = document.Direction == Direction.Out ? ("-", document.Payee) : ("+", document.Payer);
            lines.Add(
                $"{document.BookedOn ?? document.Date:yyyy-MM-dd}  {sign}{new Amount(document.AmountMinor, "").Plain(), 14}  № {document.Number}  {other.Name}  {document.Purpose}"
            );
        }
        lines.AddRange(statement.Warnings.Select(w => $"! line {w.Line}: {w.Text}"));
        return string.Join('\n', lines);
    }
}
