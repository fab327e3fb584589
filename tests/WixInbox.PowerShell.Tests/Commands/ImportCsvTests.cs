using System.Management.Automation;

namespace WixInbox.PowerShell.Tests;

/// <summary>Import-WixInboxCsv as a user meets it.</summary>
public sealed class ImportCsvTests : IDisposable
{
    private readonly CsvFolder _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("excel-semicolon.csv", "Email", 2, 2)]
    [InlineData("excel-semicolon-sep-multiline.csv", "Email", 2, 2)]
    [InlineData("excel-unicode-text.txt", "Email", 3, 3)]
    [InlineData("google-new.csv", "E-mail 1 - Value", 2, 2)]
    [InlineData("hubspot.csv", "Email", 2, 1)]
    [InlineData("mailchimp-subscribed.csv", "Email Address", 2, 2)]
    [InlineData("odd-addresses.csv", "Email", 27, 14)]
    [InlineData("outlook.csv", "E-mail Address", 2, 2)]
    [InlineData("wix-contacts.csv", "Email 1", 6, 4)]
    [InlineData("wix-events-guests.csv", "Email", 4, 4)]
    [InlineData("wix-members.csv", "Login Email", 2, 2)]
    [InlineData("wix-orders-2025-duplicate-headers.csv", "Contact email", 3, 3)]
    public void An_export_is_used_as_it_is_and_who_has_unsubscribed_is_not_written_to(
        string file, string column, int rows, int writable)
    {
        _files.Engine.Set("column", column);
        _files.Engine.Set("file", file);

        var result = _files.Engine.Run(
            "Import-WixInboxCsv \"$exports/$file\" | "
                + "Test-WixInboxMessage -Email { $_.$column } -Text { \"Hi $($_.$column)\" }");

        Assert.Empty(result.Errors.Select(error => error.ToString()));

        // Two of the files have a person twice, who would get the same words.
        const string twice = "1 row has the same message for the same recipient";
        Assert.All(result.Warnings, warning => Assert.StartsWith(twice, warning, StringComparison.Ordinal));
        Assert.Equal(rows, result.Output.Count);
        Assert.Equal(writable, result.OutputOf("Valid").Count(valid => valid == "True"));
        Assert.All(result.Output, test => Assert.DoesNotContain(
            '\uFFFD',
            string.Concat(
                ((PSObject)test.Properties["InputObject"].Value).Properties.Select(cell => cell.Name + cell.Value))));
    }

    [Fact]
    public void A_row_is_an_object_as_Import_Csv_gives_it()
    {
        _files.Write("people.csv", "Name,Email\nAda,ada@example.com\n");

        var row = Assert.Single(_files.Engine.Run("Import-WixInboxCsv people.csv").Output);

        Assert.IsType<PSCustomObject>(row.BaseObject);
        Assert.Equal(
            ["Name=Ada", "Email=ada@example.com"],
            row.Properties.Select(property => $"{property.Name}={property.Value}"));
        Assert.All(row.Properties, property => Assert.IsType<PSNoteProperty>(property));
    }

    [Theory]
    [InlineData("Import-WixInboxCsv a.csv, b.csv")]
    [InlineData("Import-WixInboxCsv *.csv")]
    [InlineData("'a.csv', 'b.csv' | Import-WixInboxCsv")]
    [InlineData("[IO.FileInfo]\"$folder/a.csv\", [IO.FileInfo]\"$folder/b.csv\" | Import-WixInboxCsv")]
    [InlineData("Import-WixInboxCsv -LiteralPath a.csv, b.csv")]
    [InlineData(
        "[pscustomobject]@{ FullName = \"$folder/a.csv\" }, [pscustomobject]@{ PSPath = \"$folder/b.csv\" } | "
            + "Import-WixInboxCsv")]
    public void Several_files_are_read_one_after_the_other(string script)
    {
        _files.Write("a.csv", "Name,Email\nAda,ada@example.com\n");
        _files.Write("b.csv", "Mail;Name\ngrace@example.com;Grace\n");

        var result = _files.Engine.Run(script);

        Assert.Empty(result.Errors.Select(error => error.ToString()));
        Assert.Equal(["Ada", "Grace"], result.OutputOf("Name"));
    }

    [Fact]
    public void A_literal_path_has_no_wildcards()
    {
        _files.Write("a[1].csv", "Name,Email\nAda,ada@example.com\n");

        Assert.Equal(["Ada"], _files.Engine.Run("Import-WixInboxCsv -LiteralPath 'a[1].csv'").OutputOf("Name"));
        Assert.Equal("FileNotFound", Assert.Single(_files.Engine.Run("Import-WixInboxCsv 'a[1].csv'").Errors).Id());
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_an_error_and_the_next_one_is_read()
    {
        _files.Write("broken.csv", "Name,Email\nAda,ada@example.com\n\"Grace,x\n");
        _files.Write("good.csv", "Name,Email\nMary,mary@example.com\n");

        var result = _files.Engine.Run("Import-WixInboxCsv broken.csv, missing.csv, ., good.csv");

        Assert.Equal(["Ada", "Mary"], result.OutputOf("Name"));
        Assert.Equal(["CsvInvalid", "FileNotFound", "PathInvalid"], result.ErrorIds);
        Assert.StartsWith(
            $"'{_files.Folder.File("broken.csv")}', line 3: a cell begins with a quotation mark",
            result.Errors[0].ToString(),
            StringComparison.Ordinal);
        Assert.Equal(_files.Folder.File("broken.csv"), result.Errors[0].TargetObject);
    }

    [Theory]
    [InlineData("ansi")]
    [InlineData("1252")]
    [InlineData("windows-1252")]
    [InlineData("([Text.Encoding]::Latin1)")]
    public void The_encoding_may_be_named_as_PowerShell_names_it(string encoding)
    {
        File.WriteAllBytes(
            _files.Folder.File("people.csv"),
            System.Text.Encoding.Latin1.GetBytes("Name,Email\nJürgen,j@example.com\n"));

        Assert.Equal(
            ["Jürgen"], _files.Engine.Run($"Import-WixInboxCsv people.csv -Encoding {encoding}").OutputOf("Name"));
    }

    [Fact]
    public void An_encoding_that_is_none_names_those_that_are()
    {
        _files.Write("people.csv", "Name\nAda\n");

        Assert.Contains(
            "utf8",
            Assert.Single(_files.Engine.Run("Import-WixInboxCsv people.csv -Encoding klingon").Errors).ToString(),
            StringComparison.Ordinal);
        Assert.Contains(
            "unicode",
            _files.Engine
                .Run("(TabExpansion2 'Import-WixInboxCsv x -Encoding uni').CompletionMatches.CompletionText")
                .Output.Select(text => text.ToString()));
    }

    [Fact]
    public void A_separator_and_names_are_given_as_to_Import_Csv()
    {
        _files.Write("people.csv", "Ada#ada@example.com\n");

        var row = Assert.Single(_files.Engine.Run("Import-WixInboxCsv people.csv '#' -Header Name, Email").Output);

        Assert.Equal("ada@example.com", row.Properties["Email"].Value);
    }

    [Fact]
    public void What_was_found_out_is_in_a_verbose_line_and_what_was_not_is_a_warning()
    {
        File.WriteAllBytes(
            _files.Folder.File("people.csv"),
            [.. "Name;Email\nMicha"u8, 0xB3, .. " Wa"u8, 0xB3, .. "esa;x@example.com\n\n"u8]);

        var result = _files.Engine.Run("Import-WixInboxCsv people.csv -Verbose");

        Assert.Equal(
            ["people.csv: 1 row, 2 columns; encoding: Windows code page 1252; separator: ';'. Skipped: 1 empty line."],
            result.Verbose);
        Assert.Contains("-Encoding 1250", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_is_said()
    {
        _files.Write("people.csv", string.Empty);

        var result = _files.Engine.Run("Import-WixInboxCsv people.csv");

        Assert.Empty(result.Output);
        Assert.Equal(["people.csv: the file is empty."], result.Warnings);
    }

    [Fact]
    public void Rows_come_one_by_one()
    {
        // The end of the file, which would be an error, is not reached.
        _files.Write(
            "people.csv",
            "Name,Email\n" + string.Concat(Enumerable.Range(0, 50_000).Select(number => $"Ada,a{number}@example.com\n"))
                + "\"broken");

        var result = _files.Engine.Run("Import-WixInboxCsv people.csv | Select-Object -First 2");

        Assert.Empty(result.Errors);
        Assert.Equal(["a0@example.com", "a1@example.com"], result.OutputOf("Email"));
        File.Delete(_files.Folder.File("people.csv"));
    }

    [Theory]
    [InlineData("sep=,\nEmail;First Name\nada@example.com;Ada\n", "-Delimiter ';'", true)]
    [InlineData("\"Email,First Name\"\n\"ada@example.com,Ada\"\n", "each line stands in quotation marks", false)]
    public void A_file_that_was_read_with_the_wrong_separator_is_told_how_to_name_the_right_one(
        string text, string words, bool helps)
    {
        _files.Write("people.csv", text);

        var test = Assert.Single(_files.Engine.Run("Import-WixInboxCsv people.csv | Test-WixInboxMessage Hi").Output);

        Assert.Contains(words, test.Properties["Problem"].Value.ToString(), StringComparison.Ordinal);
        if (helps)
        {
            var read = _files.Engine.Run("Import-WixInboxCsv people.csv -Delimiter ';' | Test-WixInboxMessage Hi");
            Assert.Equal(["True"], read.OutputOf("Valid"));
        }
    }

    [Theory]
    [InlineData("'Email;Name' = 'x;y'")]
    [InlineData("\"Email`tName\" = 'x'")]
    [InlineData("'sep=;' = 'Email;Name'")]
    [InlineData("'sep=' = 'Email'")]
    [InlineData("'sep=' = 'Email'; H1 = 'Name'")]
    [InlineData("\"E`0m`0\" = 'x'")]
    [InlineData("'ï»¿Email' = 'x'; Name = 'y'")]
    [InlineData("'Nachname'= 'x'; 'StraÃŸe' = 'y'")]
    [InlineData("\"Stra$([char]0xFFFD)e\" = 'x'; Name = 'y'")]
    public void A_row_that_was_misread_is_told_what_reads_it(string columns)
    {
        var violation = Assert.Single(
            _files.Engine.Run($"([pscustomobject]@{{ {columns} }} | Test-WixInboxMessage Hi).Violations").Output);

        Assert.Contains("Import-WixInboxCsv", violation.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("JosÃ©", true)]
    [InlineData("Youâ€™re invited", true)]
    [InlineData("Ð¡Ð¿Ð°ÑÐ¸Ð±Ð¾", true)]
    [InlineData("J\uFFFDrgen", true)]
    [InlineData("José", false)]
    [InlineData("“AMANHÃ”", false)]
    [InlineData("À LA CARTÉ… CAFÉ”", false)]
    [InlineData("Ångström £5 – 10 €", false)]
    [InlineData("Спасибо", false)]
    public void A_text_that_was_misread_is_the_rows_error(string text, bool isMisread)
    {
        _files.Engine.Set("text", text);

        var violations = _files.Engine.Run(
            "([pscustomobject]@{ Email = 'a@example.com' } | Test-WixInboxMessage $text).Violations").Output;

        Assert.Equal(
            isMisread,
            violations.Any(violation => violation.ToString().Contains("Import-WixInboxCsv", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_address_is_made_right_and_said_in_the_verbose_stream()
    {
        var result = _files.Engine.Run(
            "[pscustomobject]@{ Email = \"Ada <ada@example.com>$([char]0x200B)\" } | Test-WixInboxMessage Hi -Verbose");

        Assert.Equal("contact ada@example.com", Assert.Single(result.Output).Properties["Recipient"].Value.ToString());
        Assert.Contains(
            "Row 1: column Email: surrounding and invisible characters were removed from the address.",
            result.Verbose);
    }
}
