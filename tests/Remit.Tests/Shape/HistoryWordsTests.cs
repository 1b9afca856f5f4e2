using Remit.Modules.History;
using Remit.Web;

namespace Remit.Tests.Shape;

public sealed class HistoryWordsTests
{
    /// <summary>What is missing is added to the module of the record: bin/text MODULE property.name RU BG AZ EN.</summary>
    [Fact]
    public async Task A_history_has_a_word_for_every_record_property_and_state()
    {
        await using var firm = await EmptyFirm.Make();
        var missing = Texts.Languages.SelectMany(l => HistoryWords.Missing(firm.Db.Model, new T(l)).Select(key => $"{l} {key}")).ToList();
        Assert.True(missing.Count == 0, string.Join('\n', missing));
    }
}
