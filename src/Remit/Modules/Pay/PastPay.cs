using Remit.Kernel;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Pay;

/// <summary>Months that a firm had paid before it came here: their statements, seen, approved and paid.</summary>
public static class PastPay
{
    public static async Task Add(AppDb db, Month month, Firm firm, DateTime paidAt)
    {
        foreach (var slip in await PayRun.Load(db, month, firm))
            if (slip.Explain().Result is { } pay)
                db.Add(Paid(pay.Person, month, pay.Total.Amount, paidAt));
    }

    private static PayStatement Paid(Guid person, Month month, Amount total, DateTime at)
    {
        var statement = new PayStatement
        {
            PersonId = person,
            MonthIndex = month.Index,
            Total = total,
        };
        statement.See(at.AddDays(-2));
        statement.Approve(at.AddDays(-1));
        statement.Pay(at);
        return statement;
    }
}
