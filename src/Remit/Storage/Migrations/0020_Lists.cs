using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

[DbContext(typeof(AppDb)), Migration("0020_Lists")]
public sealed class Lists : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        m.CreateTable(
            "search_lines",
            c => new
            {
                Seq = c.Column<long>(nullable: false),
                Kind = c.Column<string>(nullable: false),
                RecordId = c.Column<Guid>(nullable: false),
                OwnerId = c.Column<Guid>(nullable: false),
                Text = c.Column<string>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_search_lines", x => x.Seq);
            }
        );
        m.CreateTable(
            "list_views",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                List = c.Column<string>(nullable: false),
                Name = c.Column<string>(nullable: false),
                Query = c.Column<string>(nullable: false),
                PersonId = c.Column<Guid>(nullable: true),
                MadeBy = c.Column<Guid>(nullable: true),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_list_views", x => x.Id);
            }
        );
        m.CreateTable(
            "list_columns",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                List = c.Column<string>(nullable: false),
                PersonId = c.Column<Guid>(nullable: false),
                Columns = c.Column<string>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_list_columns", x => x.Id);
            }
        );
        m.CreateIndex("IX_search_lines_RecordId", "search_lines", new[] { "RecordId" }, unique: true);
        m.CreateIndex("IX_list_views_List", "list_views", new[] { "List" });
        m.CreateIndex("IX_list_columns_PersonId_List", "list_columns", new[] { "PersonId", "List" }, unique: true);
        m.CreateIndex("IX_clients_Folded_Id", "clients", new[] { "Folded", "Id" });
        m.CreateIndex("IX_clients_OwnerId", "clients", new[] { "OwnerId" });
        m.Sql("""UPDATE clients SET "Folded" = replace("Folded", 'ё', 'е')""");
        Trigrams(m);
    }

    // Infix search is the engines' own matter: FTS5 kept by triggers, or a trigram index.
    private static void Trigrams(MigrationBuilder m)
    {
        if (m.ActiveProvider!.EndsWith("Sqlite", StringComparison.Ordinal))
        {
            m.Sql(
                "CREATE VIRTUAL TABLE search_text USING fts5(Text, content='search_lines', content_rowid='Seq', tokenize='trigram', detail='full')"
            );
            m.Sql(
                "CREATE TRIGGER search_added AFTER INSERT ON search_lines BEGIN INSERT INTO search_text(rowid, Text) VALUES (new.Seq, new.Text); END"
            );
            m.Sql(
                "CREATE TRIGGER search_gone AFTER DELETE ON search_lines BEGIN INSERT INTO search_text(search_text, rowid, Text) VALUES ('delete', old.Seq, old.Text); END"
            );
            m.Sql(
                """
                CREATE TRIGGER search_changed AFTER UPDATE ON search_lines BEGIN
                    INSERT INTO search_text(search_text, rowid, Text) VALUES ('delete', old.Seq, old.Text);
                    INSERT INTO search_text(rowid, Text) VALUES (new.Seq, new.Text);
                END
                """
            );
        }
        else
        {
            m.Sql("CREATE EXTENSION IF NOT EXISTS pg_trgm");
            m.Sql("""CREATE INDEX "IX_search_lines_trigrams" ON search_lines USING gin ("Text" gin_trgm_ops)""");
        }
    }
}
