namespace WixInbox.PowerShell.Tests;

/// <summary>
/// The lines of a file that are no rows, and those that may be none, as a user of Import-WixInboxCsv meets them.
/// </summary>
public sealed class ImportCsvLineTests : IDisposable
{
    private readonly CsvFolder _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void People_who_stand_above_the_names_are_told_of_and_a_title_is_not()
    {
        _files.Write("sorted.csv", "Amy,amy@example.com\nBea,bea@example.com\nName,Email\nZoe,zoe@example.com\n");
        _files.Write("title.csv", "Contacts of shop@example.com\n\nName,Email\nZoe,zoe@example.com\n");

        var sorted = _files.Engine.Run("Import-WixInboxCsv sorted.csv");
        var title = _files.Engine.Run("Import-WixInboxCsv title.csv");

        Assert.Equal(["Zoe"], sorted.OutputOf("Name"));
        Assert.Contains(
            "line 1 has an address in it, and stands above the names of the columns in line 3",
            Assert.Single(sorted.Warnings),
            StringComparison.Ordinal);
        Assert.Empty(title.Warnings);
    }

    [Theory]
    [InlineData("\"Ada \\\"The Countess\\\" Lovelace\"", 1)]
    [InlineData("\"Ada \"\"The Countess\"\" Lovelace\"", 0)]
    [InlineData("\"C:\\people\\\"", 0)]
    [InlineData("Ada \\\"The Countess\\\" Lovelace", 0)]
    public void A_quotation_mark_that_a_backslash_should_escape_is_told_of_once(string name, int warnings)
    {
        _files.Write("people.csv", $"Email,Name\nada@example.com,{name}\nbea@example.com,{name}\n");

        var result = _files.Engine.Run("Import-WixInboxCsv people.csv");

        Assert.Equal(2, result.Output.Count);
        Assert.Equal(warnings, result.Warnings.Count);
        Assert.All(result.Warnings, warning => Assert.Contains(
            "line 2 has a quotation mark behind a backslash", warning, StringComparison.Ordinal));
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
        _files.Write(
            "plan.csv",
            $"Email,FirstName,{name}\nada@example.com,Ada,Studio\n,Grace,Starter\nlinus@example.com,Linus,Team\n");

        var result = _files.Engine.Run("Import-WixInboxCsv plan.csv");

        Assert.Empty(result.Warnings);
        Assert.Equal(["Ada", "Grace", "Linus"], result.OutputOf("FirstName"));
        Assert.Equal(["Studio", "Starter", "Team"], result.OutputOf(name));
    }

    [Fact]
    public void An_address_in_a_second_block_of_the_same_names_may_be_anothers_which_is_told_of_once()
    {
        _files.Write(
            "families.csv",
            "Email,Name,Email,Name\nbob@example.com,Bob,,\n,Tim,mum@example.com,Anna\n,Eve,dad@example.com,Max\n");

        var result = _files.Engine.Run(
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
        _files.Write("two.csv", "Email,First,Last\na@x.org,Ada,Byron\n\nEmail,Last,First\ng@x.org,Hopper,Grace\n");

        var result = _files.Engine.Run("Import-WixInboxCsv two.csv");

        Assert.Equal(["Ada"], result.OutputOf("First"));
        Assert.Equal(["CsvInvalid"], result.ErrorIds);
        Assert.StartsWith(
            $"'{_files.Folder.File("two.csv")}', line 4: it has the names of the columns in another order",
            result.Errors[0].ToString(),
            StringComparison.Ordinal);
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
    [InlineData("Email,Email2,Note\nada@example.com,,\"see\n,zoe@example.com,y\"\n", 2, 3)]
    [InlineData("Email,Note\nada@example.com,x,eve@example.com,\"see\nfoo,zoe@example.com\"\n", 2, 3)]
    public void A_quotation_mark_that_is_closed_in_another_row_is_an_error_with_the_line_where_it_opens(
        string text, int line, int row)
    {
        _files.Write("quotes.csv", text);

        var result = _files.Engine.Run("Import-WixInboxCsv quotes.csv");

        Assert.Equal(["CsvInvalid"], result.ErrorIds);
        Assert.StartsWith(
            $"'{_files.Folder.File("quotes.csv")}', line {line}: a cell begins with a quotation mark (\") that is not "
                + $"closed in its line, and line {row}, which would be part of its text, is a row by itself",
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
    [InlineData("Name,Email,Message\nAda,ada@example.com,\"Call me.\nRegards, Ada Lovelace, ada@example.com\"\n")]
    [InlineData("Email,Note\nada@example.com,\"By phone.\nWrite to her husband, bob@example.com\"\n")]
    [InlineData("First,Last,Note,Email\n\"Ada\",\"L\",\"x\n, b,c,\",\"ada@example.com\"\n")]
    public void A_note_of_several_lines_is_read(string text)
    {
        _files.Write("note.csv", text);

        var result = _files.Engine.Run("Import-WixInboxCsv note.csv");

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
        "Email,First Name\nada@example.com,Ada\n\nUNSUBSCRIBED CONTACTS\ngrace@example.com,Grace\n",
        "line 4, 'UNSUBSCRIBED CONTACTS', ")]
    [InlineData(
        "Email,First Name\nada@example.com,Ada\n,Do not contact\ngrace@example.com,Grace\n",
        "line 3, 'Do not contact', ")]
    [InlineData("Email\nada@example.com\nAbgemeldet:\ngrace@example.com\n", "line 3, 'Abgemeldet:', ")]
    [InlineData("Email,First Name\nDNC,\nada@example.com,Ada\nDNC,\nzoe@example.com,Zoe\n", "line 2, 'DNC', ")]
    public void A_title_by_which_those_below_it_may_want_no_messages_is_told_of(string text, string words)
    {
        _files.Write("title.csv", text);

        var result = _files.Engine.Run("Import-WixInboxCsv title.csv");

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
        _files.Write("title.csv", text);

        Assert.Empty(_files.Engine.Run("Import-WixInboxCsv title.csv").Warnings);
    }

    [Theory]
    [InlineData("Contacts,,,Consent,")]
    [InlineData("Contacts,,Consent,Consent,Consent")]
    [InlineData("Contacts,,,Consent")]
    public void A_name_that_is_there_twice_has_the_name_of_its_group_in_front(string groups)
    {
        _files.Write(
            "groups.csv",
            groups + "\nEmail,First Name,Last Name,Email,SMS\nada@example.com,Ada,L,No,Yes\n"
                + "grace@example.com,Grace,H,Yes,No\n");

        var rows = _files.Engine.Run("$rows = Import-WixInboxCsv groups.csv; $rows").Output;
        var tests = _files.Engine.Run("$rows | Test-WixInboxMessage Hi");

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
        _files.Write("groups.csv", text);

        var row = Assert.Single(_files.Engine.Run("Import-WixInboxCsv groups.csv").Output);

        Assert.Equal(third, row.Properties.ElementAt(2).Name);
        Assert.Equal("ada@example.com", row.Properties["Email"].Value);
    }
}
