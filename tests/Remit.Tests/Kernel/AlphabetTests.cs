using Remit.Kernel;

namespace Remit.Tests.Kernel;

public sealed class AlphabetTests
{
    [Theory]
    [InlineData(
        "Азербайджан азбука",
        true,
        "Aytən",
        "Bakı",
        "Cavid",
        "Çinarə",
        "Dilarə",
        "Elçin",
        "Əhməd",
        "Fərid",
        "Gülnar",
        "Ğ",
        "Həsən",
        "Xəzər",
        "Iraq",
        "İlham",
        "Jalə",
        "Kamran",
        "Qara",
        "Leyla",
        "Oqtay",
        "Ömər",
        "Rəşad",
        "Səid",
        "Şahin",
        "Turan",
        "Uğur",
        "Ülvi",
        "Vaqif",
        "Zaur"
    )]
    [InlineData("English", false, "Amber", "Çelik", "Ivy", "Kite", "Peter", "Queen", "Ross", "Walter", "Xerox", "Zoe")]
    [InlineData("Русский", false, "Егор", "Ёлка", "Емеля", "Жук", "Иван", "Йод", "Ключ", "Щит", "Ъ", "Ы", "Ь", "Эхо", "Юла", "Яна")]
    [InlineData("Numbers by their size", false, "1", "1.9", "1.10", "1.10.2", "2", "10", "Room 007", "Room 9", "Room 16", "Room 100")]
    [InlineData("Български", false, "Ангел", "Йордан", "Къдринка", "Щерьо", "Ъгъл", "Юлия", "Ян")]
    public void Letters_stand_where_their_alphabet_has_them(string language, bool azerbaijani, params string[] names)
    {
        Assert.NotEmpty(language);
        var key = names.Select(n => Alphabet.Key(n, azerbaijani)).ToList();
        Assert.Equal(key.Order(StringComparer.Ordinal), key);
    }

    [Fact]
    public void Quotes_case_and_signs_do_not_move_a_name()
    {
        Assert.Equal(Alphabet.Key("Ромашка"), Alphabet.Key("«РОМАШКА»"));
        Assert.Equal(Alphabet.Key("Anna-Maria"), Alphabet.Key("anna  maria"));
        Assert.Equal(Alphabet.Key("№ 7"), Alphabet.Key("7"));
    }

    [Fact]
    public void A_name_without_letters_has_a_key_too() => Assert.NotEqual("", Alphabet.Key("???"));

    [Fact]
    public void Both_databases_compare_the_key_as_the_program_does() =>
        Assert.All("Çə Ёж ß Øre ї".SelectMany(c => Alphabet.Key(c.ToString())), c => Assert.False(char.IsSurrogate(c)));
}
