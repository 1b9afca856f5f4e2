using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

[DbContext(typeof(AppDb)), Migration("0010_Trade")]
public sealed class Trade : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        m.CreateTable(
            "bank_lines",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                Fingerprint = c.Column<string>(nullable: false),
                ImportId = c.Column<Guid>(nullable: false),
                Direction = c.Column<string>(nullable: false),
                Number = c.Column<string>(nullable: false),
                BookedOn = c.Column<DateOnly>(nullable: false),
                PartyName = c.Column<string>(nullable: false),
                PartyInn = c.Column<string>(nullable: false),
                PartyAccount = c.Column<string>(nullable: false),
                PartyBic = c.Column<string>(nullable: false),
                Purpose = c.Column<string>(nullable: false),
                State = c.Column<string>(nullable: false),
                MatchedMinor = c.Column<long>(nullable: false),
                Version = c.Column<int>(nullable: false),
                Sum_Currency = c.Column<string>(nullable: false),
                Sum_Minor = c.Column<long>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_bank_lines", x => x.Id);
            }
        );
        m.CreateTable(
            "clients",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                Name = c.Column<string>(nullable: false),
                Folded = c.Column<string>(nullable: false),
                Country = c.Column<string>(nullable: false),
                TaxId = c.Column<string>(nullable: false),
                Kpp = c.Column<string>(nullable: false),
                Address = c.Column<string>(nullable: false),
                BankAccount = c.Column<string>(nullable: false),
                Bic = c.Column<string>(nullable: false),
                Language = c.Column<string>(nullable: false),
                Segment = c.Column<string>(nullable: false),
                KeyAccount = c.Column<bool>(nullable: false),
                Route = c.Column<string>(nullable: false),
                OwnerId = c.Column<Guid>(nullable: true),
                CreatedAt = c.Column<DateTime>(nullable: false),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_clients", x => x.Id);
            }
        );
        m.CreateTable(
            "contacts",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                ClientId = c.Column<Guid>(nullable: false),
                Name = c.Column<string>(nullable: false),
                Post = c.Column<string>(nullable: false),
                Phone = c.Column<string>(nullable: false),
                Email = c.Column<string>(nullable: false),
                DecisionMaker = c.Column<bool>(nullable: false),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_contacts", x => x.Id);
            }
        );
        m.CreateTable(
            "invoices",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                CompanyId = c.Column<Guid>(nullable: false),
                ClientId = c.Column<Guid>(nullable: false),
                VisitId = c.Column<Guid>(nullable: true),
                ChainId = c.Column<Guid>(nullable: false),
                State = c.Column<string>(nullable: false),
                Number = c.Column<long>(nullable: true),
                ActNumber = c.Column<long>(nullable: true),
                IssuedOn = c.Column<DateOnly>(nullable: true),
                DueOn = c.Column<DateOnly>(nullable: true),
                ActReturnedOn = c.Column<DateOnly>(nullable: true),
                PaidMinor = c.Column<long>(nullable: false),
                Version = c.Column<int>(nullable: false),
                Total_Currency = c.Column<string>(nullable: false),
                Total_Minor = c.Column<long>(nullable: false),
                Vat_Currency = c.Column<string>(nullable: false),
                Vat_Minor = c.Column<long>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_invoices", x => x.Id);
            }
        );
        m.CreateTable(
            "money_entries",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                LineId = c.Column<Guid>(nullable: false),
                InvoiceId = c.Column<Guid>(nullable: false),
                ClientId = c.Column<Guid>(nullable: false),
                On = c.Column<DateOnly>(nullable: false),
                Label = c.Column<string>(nullable: false),
                Reverses = c.Column<Guid>(nullable: true),
                Sum_Currency = c.Column<string>(nullable: false),
                Sum_Minor = c.Column<long>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_money_entries", x => x.Id);
            }
        );
        m.CreateTable(
            "own_companies",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                Name = c.Column<string>(nullable: false),
                Country = c.Column<string>(nullable: false),
                Currency = c.Column<string>(nullable: false),
                TaxId = c.Column<string>(nullable: false),
                Kpp = c.Column<string>(nullable: false),
                Address = c.Column<string>(nullable: false),
                Director = c.Column<string>(nullable: false),
                Bank = c.Column<string>(nullable: false),
                Bic = c.Column<string>(nullable: false),
                Account = c.Column<string>(nullable: false),
                CorrAccount = c.Column<string>(nullable: false),
                VatBasisPoints = c.Column<int>(nullable: false),
                HourMinor = c.Column<long>(nullable: false),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_own_companies", x => x.Id);
            }
        );
        m.CreateTable(
            "pay_corrections",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                PersonId = c.Column<Guid>(nullable: false),
                MonthIndex = c.Column<int>(nullable: false),
                Minor = c.Column<long>(nullable: false),
                Reason = c.Column<string>(nullable: false),
                MadeBy = c.Column<Guid>(nullable: false),
                Reverses = c.Column<Guid>(nullable: true),
                ApprovedBy = c.Column<Guid>(nullable: true),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_pay_corrections", x => x.Id);
            }
        );
        m.CreateTable(
            "pay_disputes",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                StatementId = c.Column<Guid>(nullable: false),
                Question = c.Column<string>(nullable: false),
                AskedBy = c.Column<Guid>(nullable: false),
                AskedAt = c.Column<DateTime>(nullable: false),
                Answer = c.Column<string>(nullable: true),
                AnsweredBy = c.Column<Guid>(nullable: true),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_pay_disputes", x => x.Id);
            }
        );
        m.CreateTable(
            "pay_schemes",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                PositionId = c.Column<Guid>(nullable: false),
                From = c.Column<DateOnly>(nullable: false),
                Rules = c.Column<string>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_pay_schemes", x => x.Id);
            }
        );
        m.CreateTable(
            "pay_statements",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                PersonId = c.Column<Guid>(nullable: false),
                MonthIndex = c.Column<int>(nullable: false),
                State = c.Column<string>(nullable: false),
                SeenAt = c.Column<DateTime>(nullable: true),
                ApprovedAt = c.Column<DateTime>(nullable: true),
                PaidAt = c.Column<DateTime>(nullable: true),
                Version = c.Column<int>(nullable: false),
                Total_Currency = c.Column<string>(nullable: false),
                Total_Minor = c.Column<long>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_pay_statements", x => x.Id);
            }
        );
        m.CreateTable(
            "visits",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                ClientId = c.Column<Guid>(nullable: false),
                ProgrammerId = c.Column<Guid>(nullable: false),
                PlannedBy = c.Column<Guid>(nullable: true),
                StartsAt = c.Column<DateTime>(nullable: false),
                PlannedMinutes = c.Column<int>(nullable: false),
                Remote = c.Column<bool>(nullable: false),
                Subject = c.Column<string>(nullable: false),
                State = c.Column<string>(nullable: false),
                WorkedMinutes = c.Column<int>(nullable: false),
                Works = c.Column<string>(nullable: false),
                Link = c.Column<string>(nullable: false),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_visits", x => x.Id);
            }
        );
        m.CreateTable(
            "invoice_lines",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                InvoiceId = c.Column<Guid>(nullable: false),
                Text = c.Column<string>(nullable: false),
                QuantityMilli = c.Column<long>(nullable: false),
                Unit = c.Column<string>(nullable: false),
                PriceMinor = c.Column<long>(nullable: false),
                SumMinor = c.Column<long>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_invoice_lines", x => x.Id);
                t.ForeignKey(
                    "FK_invoice_lines_invoices_InvoiceId",
                    x => x.InvoiceId,
                    "invoices",
                    "Id",
                    onDelete: ReferentialAction.Cascade
                );
            }
        );
        m.CreateIndex("IX_bank_lines_Fingerprint", "bank_lines", new[] { "Fingerprint" }, unique: true);
        m.CreateIndex("IX_bank_lines_State_BookedOn", "bank_lines", new[] { "State", "BookedOn" });
        m.CreateIndex("IX_clients_Name_Id", "clients", new[] { "Name", "Id" });
        m.CreateIndex("IX_clients_TaxId", "clients", new[] { "TaxId" });
        m.CreateIndex("IX_contacts_ClientId", "contacts", new[] { "ClientId" });
        m.CreateIndex("IX_invoice_lines_InvoiceId", "invoice_lines", new[] { "InvoiceId" });
        m.CreateIndex("IX_invoices_ChainId", "invoices", new[] { "ChainId" });
        m.CreateIndex("IX_invoices_ClientId", "invoices", new[] { "ClientId" });
        m.CreateIndex("IX_invoices_CompanyId_Number", "invoices", new[] { "CompanyId", "Number" }, unique: true);
        m.CreateIndex("IX_money_entries_InvoiceId", "money_entries", new[] { "InvoiceId" });
        m.CreateIndex("IX_money_entries_LineId", "money_entries", new[] { "LineId" });
        m.CreateIndex("IX_money_entries_Reverses", "money_entries", new[] { "Reverses" }, unique: true);
        m.CreateIndex("IX_pay_corrections_PersonId_MonthIndex", "pay_corrections", new[] { "PersonId", "MonthIndex" });
        m.CreateIndex("IX_pay_disputes_StatementId", "pay_disputes", new[] { "StatementId" });
        m.CreateIndex("IX_pay_schemes_PositionId_From", "pay_schemes", new[] { "PositionId", "From" });
        m.CreateIndex("IX_pay_statements_PersonId_MonthIndex", "pay_statements", new[] { "PersonId", "MonthIndex" }, unique: true);
        m.CreateIndex("IX_visits_ClientId", "visits", new[] { "ClientId" });
        m.CreateIndex("IX_visits_Link", "visits", new[] { "Link" }, unique: true);
        m.CreateIndex("IX_visits_StartsAt", "visits", new[] { "StartsAt" });
    }
}
