using System.Text;
using WixInbox.Csv;

namespace WixInbox.PowerShell.Tests;

/// <summary>In which encoding a file is.</summary>
public sealed class CsvEncodingTests
{
    private const string Western =
        "Name,Email\r\nJürgen Größe,juergen@example.com\r\nJoão Conceição,joao@example.com\r\nL’Oréal – "
        + "São,x@example.com\r\n";
    private const string Cyrillic = "Имя;Email\r\nИван Петров;ivan@example.com\r\nОльга;olga@example.com\r\n";
    private const string Polish = "Name;Email\r\nMichał Wałęsa;michal@example.com\r\n";

    public static TheoryData<string, bool> Unicode => new()
    {
        { "utf-8", true },
        { "utf-8", false },
        { "utf-16", true },
        { "utf-16", false },
        { "utf-16BE", true },
        { "utf-16BE", false },
        { "utf-32", true },
        { "utf-32BE", true },
    };

    [Theory]
    [MemberData(nameof(Unicode))]
    public void Unicode_is_found_with_and_without_a_mark(string name, bool hasMark)
    {
        var encoding = Encoding.GetEncoding(name);
        foreach (var text in new[]
        {
            Western,
            Cyrillic,
            Polish,
            "Name\tEmail\r\nZoë 😀\tzoe@example.com",
            "שם,דוא״ל,Email\nדנה,כהן,dana@example.com\n",
            "a,b\nc,d",
        })
        {
            var file = CsvText.OfBytes([.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)]);

            Assert.Equal(
                text.Split(["\r\n", "\n"], StringSplitOptions.RemoveEmptyEntries).Skip(1)
                    .Select(line => line.Split(',', ';', '\t')),
                file.Rows);
            Assert.Empty(file.Warnings);
        }
    }

    [Theory]
    [InlineData(Western, 1252, 1252)]
    [InlineData(Western, 1252, 1251)]
    [InlineData(Western, 1252, 65001)]
    [InlineData(Cyrillic, 1251, 1251)]
    [InlineData(
        "Név,Email\r\nőŐ Ödön Jenő,odon@example.com\r\nGyőző,x@example.com\r\nMichał,x@example.com\r\nŁukasz "
            + "Żak,x@example.com\r\n",
        1250,
        1250)]
    [InlineData("名前,Email\r\n山田太郎,taro@example.com\r\n", 932, 932)]
    public void The_code_page_of_the_system_or_the_western_one_is_found(string text, int written, int system)
    {
        var file = CsvText.OfBytes(CsvEncoding.Get(written).GetBytes(text), systemCodePage: system);

        Assert.Equal(
            text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',', ';')[0]),
            file.Rows.Select(row => row[0]));
        Assert.True(file.Warnings.Length == 0 || written == 1250, string.Join("; ", file.Warnings));
    }

    [Theory]
    [InlineData(Polish, 1250)]
    [InlineData(Cyrillic, 1251)]
    [InlineData(Western, 10000)]
    [InlineData("Name,Email\r\nJürgen,juergen@example.com\r\n", 850)]
    [InlineData("Name,Email\r\nJürgen,juergen@example.com\r\n", 437)]
    [InlineData("Name,Email\r\nJosé,a@example.com\r\nAda,b@example.com\r\n", 850)]
    [InlineData("Name,Email\r\nZoë,a@example.com\r\n", 437)]
    [InlineData("Name,Email\r\nJosé,a@example.com\r\n", 852)]
    [InlineData("Name,Email\r\nHeikkilä,a@example.com\r\n", 850)]
    [InlineData("Name,Email\r\nJosé,a@example.com\r\n", 10000)]
    [InlineData("Name,Email\r\nPeña,a@example.com\r\n", 10000)]
    [InlineData("Name,Email\r\nMuñoz,a@example.com\r\n", 10000)]
    [InlineData("Name,Email\r\nMaría,a@example.com\r\n", 10000)]
    [InlineData("Name,Email\r\nMartínez,a@example.com\r\n", 10000)]
    [InlineData("Name,Email\r\nRamón,a@example.com\r\n", 10000)]
    [InlineData("Name,Email\r\nLópez,a@example.com\r\n", 10000)]
    [InlineData("Name,Email\r\nBjörn,a@example.com\r\n", 10000)]
    [InlineData("Name,Email\r\nNoël,a@example.com\r\n", 10000)]
    [InlineData("Name,Email\r\nRaúl,a@example.com\r\n", 10000)]
    public void Another_code_page_is_said_to_be_undecided_and_can_be_named(string text, int written)
    {
        var bytes = CsvEncoding.Get(written).GetBytes(text);

        Assert.Contains("-Encoding", Assert.Single(CsvText.OfBytes(bytes).Warnings), StringComparison.Ordinal);

        var named = CsvText.OfBytes(bytes, CsvEncoding.Get(written));
        Assert.Empty(named.Warnings);
        Assert.Equal(
            text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',', ';')[0]),
            named.Rows.Select(row => row[0]));
    }

    [Theory]
    [InlineData("氏名,Email\r\n山田太郎,taro@example.com\r\n", 932, "With -Encoding 932 it is '氏名'")]
    [InlineData("姓名,Email\r\n王伟,wang@example.com\r\n", 936, "with 936 it is '姓名'")]
    [InlineData("이메일,Email\r\n김철수,kim@example.com\r\n", 949, "with 949 it is '이메일'")]
    [InlineData("Имя,Email\r\nИван Петров,ivan@example.com\r\n", 1251, "With -Encoding 1251 it is 'Имя'")]
    [InlineData("Όνομα,Email\r\nΓιώργος,g@example.com\r\n", 1253, "with 1253 it is 'Όνομα'")]
    [InlineData("Name,Email\r\nJürgen Groß,juergen@example.com\r\n", 850, "With -Encoding 850 it is 'Jürgen'")]
    [InlineData("Name,Email\r\nJosé,a@example.com\r\n", 10000, "With -Encoding 10000 it is 'José'")]
    [InlineData("Name,Email\r\nZoë,a@example.com\r\n", 850, "With -Encoding 850 it is 'Zoë'")]
    [InlineData("Jméno,Email\r\nJiří Dvořák,jiri@example.com\r\n", 1250, "With -Encoding 1250 it is 'Jiří'")]
    [InlineData("Name,Email\r\nLuka Modrić,luka@example.com\r\n", 1250, "With -Encoding 1250 it is 'Modrić'")]
    [InlineData("Név,Email\r\nNagy Gergő,gergo@example.com\r\n", 1250, "With -Encoding 1250 it is 'Gergő'")]
    [InlineData("Name,Email\r\nŁukasz Nowak,lukasz@example.com\r\n", 1250, "With -Encoding 1250 it is 'Łukasz'")]
    [InlineData("Ad,Email\r\nBarış Işık,isik@example.com\r\n", 1254, "with 1254 it is 'Barış'")]
    [InlineData("Ad,Email\r\nİbrahim,i@example.com\r\n", 1254, "With -Encoding 1254 it is 'İbrahim'")]
    [InlineData("Ad,Email\r\nŞule,i@example.com\r\n", 1254, "1254 it is 'Şule'")]
    [InlineData("Ad,Email\r\nOğuz,i@example.com\r\n", 1254, "1254 it is 'Oğuz'")]
    [InlineData("Név,Email\r\nErdős Pál,e@example.com\r\n", 1250, "With -Encoding 1250 it is 'Erdős'")]
    [InlineData("Név,Email\r\nFűzfa Éva,e@example.com\r\n", 1250, "With -Encoding 1250 it is 'Fűzfa'")]
    [InlineData("Név,Email\r\nSzűcs Éva,e@example.com\r\n", 1250, "With -Encoding 1250 it is 'Szűcs'")]
    [InlineData("Nume,Email\r\nCătălin,e@example.com\r\n", 1250, "With -Encoding 1250 it is 'Cătălin'")]
    [InlineData("Vardas,Email\r\nŽygimantas,e@example.com\r\n", 1257, "1257 it is 'Žygimantas'")]
    [InlineData("Vardas,Email\r\nČepas,e@example.com\r\n", 1257, "1257 it is 'Čepas'")]
    [InlineData("Vardas,Email\r\nJonaitienė,e@example.com\r\n", 1257, "1257 it is 'Jonaitienė'")]
    [InlineData("Vārds,Email\r\nJānis,e@example.com\r\n", 1257, "1257 it is 'Jānis'")]
    [InlineData("ชื่อ,Email\r\nสมชาย ใจดี,e@x.co\r\n", 874, "874 it is 'ชื่อ'")]
    [InlineData("姓名,Email\r\n陳大文,e@example.com\r\n", 950, "950 it is '姓名'")]
    [InlineData("שם,Email\r\nדוד כהן,d@example.com\r\n", 1255, "1255 it is 'שם'")]
    [InlineData("الاسم,Email\r\nمحمد,m@example.com\r\n", 1256, "1256 it is 'الاسم'")]
    public void What_a_name_would_be_in_other_code_pages_is_shown(string text, int written, string expected)
    {
        var bytes = CsvEncoding.Get(written).GetBytes(text);

        Assert.Contains(expected, Assert.Single(CsvText.OfBytes(bytes).Warnings), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Hélène Lefèvre", "«\u00A0À bientôt\u00A0»")]
    [InlineData("Nuñez Ibáñez", "¿Qué tal?")]
    [InlineData("São Conceição", "Ações")]
    [InlineData("Søren Kjær", "Blåbærgrød")]
    [InlineData("Åsa Öberg", "Pääskynen")]
    [InlineData("Þórður Sýrusson", "Æsa")]
    [InlineData("Nicolò Forlì", "più")]
    [InlineData("Größe", "25°C, 5 m², 10 €€€, 1ª")]
    [InlineData("O’Brien d’Arc", "Anna – Maria, 1990–2000, Paris–Rouen, „so“, ‚so‘")]
    [InlineData("Škoda Žižka", "Tomáš, Urška, Bašić, inšpektor, pštros")]
    [InlineData("Èric Èlia", "Èze, irmãzinha, Tupãzinho, Mõs, prîns, Doãn, Lãm, Ðinh")]
    [InlineData("Þengill Þula", "Þilja, Þeyr, Ýlfa, Goðland, Suðra")]
    [InlineData("Sœur Œdipe", "aujourd’hui, qu’il, Cœur, nœud, Adobe™, Müller†, usw…")]
    [InlineData("dell’Arte", "quest’anno, don’t, they’re, rock’n’roll, ready—go, co–op, 5‰, §5, Hawai’i")]
    public void Western_European_words_are_not_doubted(string name, string note)
    {
        var text = $"Name;Email;Note\r\n{name};a@example.com;{note}\r\n";

        Assert.Empty(CsvText.OfBytes(CsvEncoding.Get(1252).GetBytes(text)).Warnings);
    }

    [Theory]
    [InlineData("J?rgen", 1)]
    [InlineData("?zg?r", 1)]
    [InlineData("Anna Bj?rk", 1)]
    [InlineData("Why? no idea", 0)]
    [InlineData("Really?Yes", 0)]
    [InlineData("example.com/x?id=3", 0)]
    [InlineData("Jürgen?r", 0)]
    public void Letters_that_another_program_has_made_question_marks_of_are_told_of(string name, int warnings)
    {
        var file = CsvText.Of($"Name,Email\n{name},a@example.com\n{name},b@example.com\n");

        Assert.Equal(warnings, file.Warnings.Count(
            warning => warning.StartsWith("line 2 has a question mark within a word", StringComparison.Ordinal)));
    }

    [Fact]
    public void Two_code_pages_that_are_as_likely_are_both_named()
    {
        var warning = Assert.Single(CsvText.OfBytes(
            CsvEncoding.Get(1252).GetBytes("Name,Email\nPeña,p@example.com\n"), systemCodePage: 1250).Warnings);

        Assert.Contains(
            "'Peńa'", warning.Replace("Pena", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("'Peña'", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void UTF_8_with_letters_of_Windows_1252_in_it_is_read_as_both_and_said()
    {
        var file = CsvText.OfBytes(
            [
                .. Encoding.UTF8.GetBytes("Name,Email\nJosé,a@example.com\nJoão,b@example.com\n"),
                .. CsvEncoding.Get(1252).GetBytes("Größe,c@example.com\n").Take(3),
                .. "sse,c@example.com\n"u8.ToArray(),
            ]);

        Assert.Equal(["José", "João", "Grösse"], file["Name"]);
        Assert.Contains("one letter in line 4 is not", Assert.Single(file.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mark_of_UTF_8_on_a_file_of_Windows_1252_is_said()
    {
        var file = CsvText.OfBytes([0xEF, 0xBB, 0xBF, .. CsvEncoding.Get(1252).GetBytes(Western)]);

        Assert.Equal("Jürgen Größe", file["Name"][0]);
        Assert.Contains("-Encoding", Assert.Single(file.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_encoding_that_is_given_decides_over_the_mark_of_UTF_8()
    {
        var file = CsvText.OfBytes(
            [0xEF, 0xBB, 0xBF, .. CsvEncoding.Get(1250).GetBytes(Polish)], CsvEncoding.Get(1250));

        Assert.Equal(["Name", "Email"], file.Columns);
        Assert.Equal(["Michał Wałęsa"], file["Name"]);
    }

    [Fact]
    public void A_letter_that_was_lost_before_is_said()
    {
        var file = CsvText.Of("Name,Email\nAda,a@example.com\nJ\uFFFDrgen,j@example.com\n");

        Assert.StartsWith("line 3 has a '\uFFFD'", Assert.Single(file.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_encoding_is_found_in_the_last_of_many_lines()
    {
        var text = "Name,Email\n"
            + string.Concat(Enumerable.Range(0, 20_000).Select(number => $"Ada,a{number}@example.com\n"));

        Assert.Equal(
            "Jürgen", CsvText.OfBytes(CsvEncoding.Get(1252).GetBytes(text + "Jürgen,j@example.com\n"))["Name"][^1]);
        Assert.Equal("Jürgen", CsvText.Of(text + "Jürgen,j@example.com\n")["Name"][^1]);
    }
}
