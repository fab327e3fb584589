using System.Management.Automation;

namespace WixInbox.PowerShell.Tests;

/// <summary>Import-WixInboxCsv as a user meets it.</summary>
public sealed class ImportCsvTests : IDisposable
{
    private static readonly string s_exports = Path.Combine(AppContext.BaseDirectory, "Csv", "Exports");

    private readonly TemporaryFolder _folder = new();
    private readonly Engine _engine = new();

    public ImportCsvTests()
    {
        _engine.Set("folder", _folder.Path);
        _engine.Set("exports", s_exports);
        _engine.Run("$ExecutionContext.SessionState.Path.SetLocation($folder)");
    }

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Dispose();
    }

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
        _engine.Set("column", column);
        _engine.Set("file", file);

        var result = _engine.Run(
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
        Write("people.csv", "Name,Email\nAda,ada@example.com\n");

        var row = Assert.Single(_engine.Run("Import-WixInboxCsv people.csv").Output);

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
        Write("a.csv", "Name,Email\nAda,ada@example.com\n");
        Write("b.csv", "Mail;Name\ngrace@example.com;Grace\n");

        var result = _engine.Run(script);

        Assert.Empty(result.Errors.Select(error => error.ToString()));
        Assert.Equal(["Ada", "Grace"], result.OutputOf("Name"));
    }

    [Fact]
    public void People_who_stand_above_the_names_are_told_of_and_a_title_is_not()
    {
        Write("sorted.csv", "Amy,amy@example.com\nBea,bea@example.com\nName,Email\nZoe,zoe@example.com\n");
        Write("title.csv", "Contacts of shop@example.com\n\nName,Email\nZoe,zoe@example.com\n");

        var sorted = _engine.Run("Import-WixInboxCsv sorted.csv");
        var title = _engine.Run("Import-WixInboxCsv title.csv");

        Assert.Equal(["Zoe"], sorted.OutputOf("Name"));
        Assert.Contains(
            "line 1 has an address in it, and stands above the names of the columns in line 3",
            Assert.Single(sorted.Warnings),
            StringComparison.Ordinal);
        Assert.Empty(title.Warnings);
    }

    [Theory]
    [InlineData("Plan 2026")]
    [InlineData("Q1")]
    [InlineData("2024")]
    [InlineData("Jan 26")]
    [InlineData("Amount 2025")]
    [InlineData("10%")]
    [InlineData("A4")]
    [InlineData("U18")]
    [InlineData("H1")]
    [InlineData("Instagram @")]
    public void A_name_may_look_like_a_value_where_another_of_its_line_is_known(string name)
    {
        Write(
            "plan.csv",
            $"Email,FirstName,{name}\nada@example.com,Ada,Studio\n,Grace,Starter\nlinus@example.com,Linus,Team\n");

        var result = _engine.Run("Import-WixInboxCsv plan.csv");

        Assert.Empty(result.Warnings);
        Assert.Equal(["Ada", "Grace", "Linus"], result.OutputOf("FirstName"));
        Assert.Equal(["Studio", "Starter", "Team"], result.OutputOf(name));
    }

    [Fact]
    public void A_literal_path_has_no_wildcards()
    {
        Write("a[1].csv", "Name,Email\nAda,ada@example.com\n");

        Assert.Equal(["Ada"], _engine.Run("Import-WixInboxCsv -LiteralPath 'a[1].csv'").OutputOf("Name"));
        Assert.Equal("FileNotFound", Assert.Single(_engine.Run("Import-WixInboxCsv 'a[1].csv'").Errors).Id());
    }

    [Fact]
    public void An_address_in_a_second_block_of_the_same_names_may_be_anothers_which_is_told_of_once()
    {
        Write(
            "families.csv",
            "Email,Name,Email,Name\nbob@example.com,Bob,,\n,Tim,mum@example.com,Anna\n,Eve,dad@example.com,Max\n");

        var result = _engine.Run(
            "Import-WixInboxCsv families.csv | Test-WixInboxMessage -Text { \"Hi $($_.Name)\" }");

        Assert.Equal(
            ["contact bob@example.com", "contact mum@example.com", "contact dad@example.com"],
            result.OutputOf("Recipient"));
        Assert.Equal(
            "Row 2: column Email is empty. Column Email 2 is used instead, in further such rows too. If that may be "
                + "somebody else: -Email { $_.Email }.",
            Assert.Single(result.Warnings));
    }

    [Fact]
    public void A_second_table_with_its_columns_in_another_order_is_not_read_as_if_they_were_in_the_first_one()
    {
        Write("two.csv", "Email,First,Last\na@x.org,Ada,Byron\n\nEmail,Last,First\ng@x.org,Hopper,Grace\n");

        var result = _engine.Run("Import-WixInboxCsv two.csv");

        Assert.Equal(["Ada"], result.OutputOf("First"));
        Assert.Equal(["CsvInvalid"], result.ErrorIds);
        Assert.StartsWith(
            $"'{_folder.File("two.csv")}', line 4: it has the names of the columns in another order",
            result.Errors[0].ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_an_error_and_the_next_one_is_read()
    {
        Write("broken.csv", "Name,Email\nAda,ada@example.com\n\"Grace,x\n");
        Write("good.csv", "Name,Email\nMary,mary@example.com\n");

        var result = _engine.Run("Import-WixInboxCsv broken.csv, missing.csv, ., good.csv");

        Assert.Equal(["Ada", "Mary"], result.OutputOf("Name"));
        Assert.Equal(["CsvInvalid", "FileNotFound", "CsvInvalid"], result.ErrorIds);
        Assert.StartsWith(
            $"'{_folder.File("broken.csv")}', line 3: a cell begins with a quotation mark",
            result.Errors[0].ToString(),
            StringComparison.Ordinal);
        Assert.Equal(_folder.File("broken.csv"), result.Errors[0].TargetObject);
    }

    [Theory]
    [InlineData(
        "Email,First Name,Note,Unsubscribed\nada@example.com,Ada,\"Best customer ever,Yes\n"
            + "grace@example.com,Grace,wants 19\",No\nzoe@example.com,Zoe,,No\n",
        2,
        3)]
    [InlineData(
        "Email;Note\r\nada@example.com;\"see 5\r\nzoe@example.com;x\r\nmia@example.com;y\"\r\n", 2, 3)]
    [InlineData("Note,Email\rx,ada@example.com\r\"a\rb,zoe@example.com\"\r", 3, 4)]
    [InlineData("Email,Note,Size\nada@example.com,\"see,1\nzoe@example.com,\"\"x\"\",5\"\n", 2, 3)]
    [InlineData("Email,Note,\nada@example.com,\"see\nzoe@example.com,x\",\n", 2, 3)]
    [InlineData("Name,Note,Email\nAda,\"Best,ada@example.com\nGrace,wants 19\",grace@example.com\n", 2, 3)]
    [InlineData("Note,Email\n\"Best,ada@example.com\nwants 19\",grace@example.com\n", 2, 3)]
    [InlineData("Email,A,B\nada@example.com,\"1\n2\",\"see\nzoe@example.com,x,y\"\n", 3, 4)]
    [InlineData("Email,A,B\nada@example.com,\"see\nAda <ada@example.com>,x,y\"\n", 2, 3)]
    public void A_quotation_mark_that_is_closed_in_another_row_is_an_error_with_the_line_where_it_opens(
        string text, int line, int row)
    {
        Write("quotes.csv", text);

        var result = _engine.Run("Import-WixInboxCsv quotes.csv");

        Assert.Equal(["CsvInvalid"], result.ErrorIds);
        Assert.StartsWith(
            $"'{_folder.File("quotes.csv")}', line {line}: a cell begins with a quotation mark (\") that is not closed "
                + $"in its line, and line {row}, which would be part of its text, is a row by itself",
            result.Errors[0].ToString(),
            StringComparison.Ordinal);
        Assert.DoesNotContain(result.Output, one => one.Properties.Any(
            cell => cell.Value is string value && value.Contains('\n', StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Email,First Name,Note\nada@example.com,Ada,\"Hi,\n\nwrite to me: a@x.org, b@x.org\n, Ada\"\n")]
    [InlineData("Email,First Name,Note\nada@example.com,Ada,\"one, two, three\nfour, five, six\"\n")]
    [InlineData("Note,Email,First Name\n\"one\ntwo, \"\"x\"\"\",ada@example.com,Ada\n")]
    [InlineData("Note,Email\n\"one\ntwo\",ada@example.com,,\n")]
    [InlineData("Note,Email\n\"1\n2, 3\",ada@example.com\n")]
    [InlineData("Note,Email\n\"one\ntwo\",ada@example.com\n")]
    [InlineData("Name,Address,Email\nAda,\"1 Main St\nDublin, Ireland\",ada@example.com\n")]
    [InlineData("Name,Address,Email\nAda,\"1, Main St\nDublin, Ireland\",ada@example.com\n")]
    [InlineData("Email,Note,Email 2\nada@example.com,\"1, Main St\nDublin, Ireland\",grace@example.com\n")]
    [InlineData("Email,Note,City\nada@example.com,\"1\n2\",\"Main St\nDublin\"\n")]
    [InlineData("Email\n\"ada@example.com\ngrace@example.com\"\n")]
    [InlineData("First,Last,Note,Email\n\"Ada\",\"L\",\"x\n, b,c,\",\"ada@example.com\"\n")]
    public void A_note_of_several_lines_is_read(string text)
    {
        Write("note.csv", text);

        var result = _engine.Run("Import-WixInboxCsv note.csv");

        Assert.Empty(result.Errors.Select(error => error.ToString()));
        Assert.Contains(
            Assert.Single(result.Output).Properties,
            cell => cell.Value is string value && value.Contains('\n', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(
        "Unsubscribed contacts - do not email,,\nEmail,First Name,City\nada@example.com,Ada,X\n",
        "line 1, 'Unsubscribed contacts - do not email', ")]
    [InlineData("UNSUBSCRIBED,\nEmail,First Name\nada@example.com,Ada\n", "line 1, 'UNSUBSCRIBED', ")]
    [InlineData(
        "Email,First Name\nada@example.com,Ada\n\nUNSUBSCRIBED CONTACTS,\nEmail,First Name\ngrace@example.com,Grace\n",
        "line 4, 'UNSUBSCRIBED CONTACTS', ")]
    [InlineData(
        "Email,First Name\nada@example.com,Ada\n,Do not contact\ngrace@example.com,Grace\n",
        "line 3, 'Do not contact', ")]
    [InlineData("Email\nada@example.com\nAbgemeldet:\ngrace@example.com\n", "line 3, 'Abgemeldet:', ")]
    [InlineData("Email,First Name\nDNC,\nada@example.com,Ada\nDNC,\nzoe@example.com,Zoe\n", "line 2, 'DNC', ")]
    public void A_title_by_which_those_below_it_may_want_no_messages_is_told_of(string text, string words)
    {
        Write("title.csv", text);

        var result = _engine.Run("Import-WixInboxCsv title.csv");

        Assert.Equal(
            $"title.csv: {words}may be a title by which those below it want no messages. Nobody is left out for it: "
                + "if it is one, take their rows out, or give the file a column Unsubscribed with Yes in them.",
            Assert.Single(result.Warnings));
    }

    [Theory]
    [InlineData("Contacts of 2026,\nEmail,First Name\nada@example.com,Ada\n")]
    [InlineData("Not unsubscribed,\nEmail,First Name\nada@example.com,Ada\n")]
    [InlineData("Email,First Name\nada@example.com,Ada\nDublin,\ngrace@example.com,Grace\n")]
    [InlineData("Email,First Name\nunsub@example.com,\ngrace@example.com,Grace\n")]
    [InlineData("Email,Status\nada@example.com,Unsubscribed\ngrace@example.com,\n")]
    [InlineData("Email,First Name\nada@example.com,Ada\n\nTo unsubscribe write to the shop\n")]
    public void A_line_that_is_no_such_title_is_not(string text)
    {
        Write("title.csv", text);

        Assert.Empty(_engine.Run("Import-WixInboxCsv title.csv").Warnings);
    }

    [Theory]
    [InlineData("Contacts,,,Consent,")]
    [InlineData("Contacts,,Consent,Consent,Consent")]
    [InlineData("Contacts,,,Consent")]
    public void A_name_that_is_there_twice_has_the_name_of_its_group_in_front(string groups)
    {
        Write(
            "groups.csv",
            groups + "\nEmail,First Name,Last Name,Email,SMS\nada@example.com,Ada,L,No,Yes\n"
                + "grace@example.com,Grace,H,Yes,No\n");

        var rows = _engine.Run("$rows = Import-WixInboxCsv groups.csv; $rows").Output;
        var tests = _engine.Run("$rows | Test-WixInboxMessage Hi");

        Assert.Equal(
            ["Email", "First Name", "Last Name", "Consent Email", "SMS"],
            rows[0].Properties.Select(property => property.Name));
        Assert.Equal(["False", "True"], tests.OutputOf("Valid"));
    }

    [Theory]
    [InlineData("Contacts,,Consent,\nEmail,Name,Email,SMS\nada@example.com,Ada,No,Yes\n", "Consent Email")]
    [InlineData("Contacts,,,,Consent\nEmail,Name,Email,Name,SMS\nada@example.com,Ada,,,Yes\n", "Email 2")]
    [InlineData("Contacts,,,,\nEmail,Name,Email,Name,SMS\nada@example.com,Ada,,,Yes\n", "Email 2")]
    [InlineData("Contacts,,Consent,\n\nName,Email,Email,SMS\nAda,ada@example.com,No,Yes\n", "Email 2")]
    [InlineData(
        "Contacts,,Consent,,\nEmail,Name,Email,Email,Consent Email\nada@example.com,Ada,No,Yes,x\n", "Consent Email 2")]
    public void The_line_above_the_names_has_groups_if_it_has_several(string text, string third)
    {
        Write("groups.csv", text);

        var row = Assert.Single(_engine.Run("Import-WixInboxCsv groups.csv").Output);

        Assert.Equal(third, row.Properties.ElementAt(2).Name);
        Assert.Equal("ada@example.com", row.Properties["Email"].Value);
    }

    [Theory]
    [InlineData("ansi")]
    [InlineData("1252")]
    [InlineData("windows-1252")]
    [InlineData("([Text.Encoding]::Latin1)")]
    public void The_encoding_may_be_named_as_PowerShell_names_it(string encoding)
    {
        File.WriteAllBytes(
            _folder.File("people.csv"), System.Text.Encoding.Latin1.GetBytes("Name,Email\nJürgen,j@example.com\n"));

        Assert.Equal(["Jürgen"], _engine.Run($"Import-WixInboxCsv people.csv -Encoding {encoding}").OutputOf("Name"));
    }

    [Fact]
    public void An_encoding_that_is_none_names_those_that_are()
    {
        Write("people.csv", "Name\nAda\n");

        Assert.Contains(
            "utf8",
            Assert.Single(_engine.Run("Import-WixInboxCsv people.csv -Encoding klingon").Errors).ToString(),
            StringComparison.Ordinal);
        Assert.Contains(
            "unicode",
            _engine.Run("(TabExpansion2 'Import-WixInboxCsv x -Encoding uni').CompletionMatches.CompletionText").Output
                .Select(text => text.ToString()));
    }

    [Fact]
    public void A_separator_and_names_are_given_as_to_Import_Csv()
    {
        Write("people.csv", "Ada#ada@example.com\n");

        var row = Assert.Single(_engine.Run("Import-WixInboxCsv people.csv '#' -Header Name, Email").Output);

        Assert.Equal("ada@example.com", row.Properties["Email"].Value);
    }

    [Fact]
    public void What_was_found_out_is_in_a_verbose_line_and_what_was_not_is_a_warning()
    {
        File.WriteAllBytes(
            _folder.File("people.csv"),
            [.. "Name;Email\nMicha"u8, 0xB3, .. " Wa"u8, 0xB3, .. "esa;x@example.com\n\n"u8]);

        var result = _engine.Run("Import-WixInboxCsv people.csv -Verbose");

        Assert.Equal(
            ["people.csv: 1 row, 2 columns; encoding: Windows code page 1252; separator: ';'. Skipped: 1 empty line."],
            result.Verbose);
        Assert.Contains("-Encoding 1250", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_is_said()
    {
        Write("people.csv", string.Empty);

        var result = _engine.Run("Import-WixInboxCsv people.csv");

        Assert.Empty(result.Output);
        Assert.Equal(["people.csv: the file is empty."], result.Warnings);
    }

    [Fact]
    public void Rows_come_one_by_one()
    {
        // The end of the file, which would be an error, is not reached.
        Write(
            "people.csv",
            "Name,Email\n" + string.Concat(Enumerable.Range(0, 50_000).Select(number => $"Ada,a{number}@example.com\n"))
                + "\"broken");

        var result = _engine.Run("Import-WixInboxCsv people.csv | Select-Object -First 2");

        Assert.Empty(result.Errors);
        Assert.Equal(["a0@example.com", "a1@example.com"], result.OutputOf("Email"));
        File.Delete(_folder.File("people.csv"));
    }

    [Theory]
    [InlineData("sep=,\nEmail;First Name\nada@example.com;Ada\n", "-Delimiter ';'", true)]
    [InlineData("\"Email,First Name\"\n\"ada@example.com,Ada\"\n", "each line stands in quotation marks", false)]
    public void A_file_that_was_read_with_the_wrong_separator_is_told_how_to_name_the_right_one(
        string text, string words, bool helps)
    {
        Write("people.csv", text);

        var test = Assert.Single(_engine.Run("Import-WixInboxCsv people.csv | Test-WixInboxMessage Hi").Output);

        Assert.Contains(words, test.Properties["Problem"].Value.ToString(), StringComparison.Ordinal);
        if (helps)
        {
            var read = _engine.Run("Import-WixInboxCsv people.csv -Delimiter ';' | Test-WixInboxMessage Hi");
            Assert.Equal(["True"], read.OutputOf("Valid"));
        }
    }

    [Theory]
    [InlineData("'Email;Name' = 'x;y'")]
    [InlineData("\"Email`tName\" = 'x'")]
    [InlineData("'sep=;' = 'Email;Name'")]
    [InlineData("\"E`0m`0\" = 'x'")]
    [InlineData("'ï»¿Email' = 'x'; Name = 'y'")]
    [InlineData("'Nachname'= 'x'; 'StraÃŸe' = 'y'")]
    [InlineData("\"Stra$([char]0xFFFD)e\" = 'x'; Name = 'y'")]
    public void A_row_that_was_misread_is_told_what_reads_it(string columns)
    {
        var violation = Assert.Single(
            _engine.Run($"([pscustomobject]@{{ {columns} }} | Test-WixInboxMessage Hi).Violations").Output);

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
        _engine.Set("text", text);

        var violations = _engine.Run(
            "([pscustomobject]@{ Email = 'a@example.com' } | Test-WixInboxMessage $text).Violations").Output;

        Assert.Equal(
            isMisread,
            violations.Any(violation => violation.ToString().Contains("Import-WixInboxCsv", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_address_is_made_right_and_said_in_the_verbose_stream()
    {
        var result = _engine.Run(
            "[pscustomobject]@{ Email = \"Ada <ada@example.com>$([char]0x200B)\" } | Test-WixInboxMessage Hi -Verbose");

        Assert.Equal("contact ada@example.com", Assert.Single(result.Output).Properties["Recipient"].Value.ToString());
        Assert.Contains(
            "Row 1: column Email: 'Ada <ada@example.com><U+200B>' was read as ada@example.com.", result.Verbose);
    }

    private void Write(string name, string text) => File.WriteAllText(_folder.File(name), text);
}
