namespace WixInbox.PowerShell.Tests.Rows;

/// <summary>
/// Whom a row is for: what is typed goes before its columns, and of these the ones that name somebody count.
/// </summary>
public sealed class RowRecipientTests : IDisposable
{
    private readonly StubHandler _handler = new();
    private readonly Engine _engine;

    public RowRecipientTests()
    {
        _engine = Engine.ConnectedTo(_handler);
        _engine.Set("c", Engine.Guid1);
        _engine.Set("p", Engine.Guid2);
    }

    public void Dispose()
    {
        _engine.Dispose();
        _handler.Dispose();
    }

    [Theory]
    [InlineData("ada@example.com", "contact ada@example.com")]
    [InlineData("", "visitor 5f0c9d0e-1111-4a4a-8a8a-123456789abc")]
    public void A_visitor_with_an_address_is_its_contact(string address, string recipient) => Assert.Equal(
        [recipient],
        _engine.Run(
            $"@{{ VisitorId = '5f0c9d0e-1111-4a4a-8a8a-123456789abc'; Email = '{address}' }} | "
                + "Test-WixInboxMessage x").OutputOf("Recipient"));

    [Theory]
    [InlineData("-ContactId $p", "contactId")]
    [InlineData("-MemberId $p", "memberId")]
    [InlineData("-ContactId { $p }", "contactId")]
    public void Whom_is_typed_goes_before_every_column(string parameters, string field)
    {
        foreach (var cmdlet in new[] { "Resolve-WixInboxConversation", "Send-WixInboxMessage -Text FYI" })
        {
            var before = _handler.Requests.Count;
            _engine.Run(
                "[pscustomobject]@{ ConversationId = $c; MemberId = $c; ContactId = $c; Email = 'a@example.com' } | "
                    + $"{cmdlet} {parameters}");

            Assert.Equal(
                $$$"""{"participantId":{"{{{field}}}":"{{{Engine.Guid2}}}"}}""",
                _handler.Requests.Skip(before).First(request => request.Path == "/inbox/v2/conversations").Body);
        }
    }

    [Fact]
    public void Of_two_who_are_typed_the_conversation_goes_before_the_contact()
    {
        var result = _engine.Run("Send-WixInboxMessage -ContactId $p -ConversationId $c -Text FYI");

        Assert.Empty(result.Errors);
        Assert.Equal(Engine.Guid1, Assert.Single(_handler.Requests)["conversationId"]);
    }

    [Theory]
    [InlineData("-ConversationId ''", "-ConversationId")]
    [InlineData("-ContactId $nobody", "-ContactId")]
    [InlineData("-Email { $_.'Work mail' }", "-Email")]
    [InlineData("-MemberId { $null }", "-MemberId")]
    public void Whom_is_typed_and_turns_out_empty_leaves_no_row_to_its_columns(string parameters, string source)
    {
        var result = _engine.Run(
            "[pscustomobject]@{ ConversationId = $c; Email = 'a@example.com'; 'Work mail' = ' ' } | "
                + $"Send-WixInboxMessage FYI {parameters}");

        Assert.Equal(["RecipientMissing"], result.ErrorIds);
        Assert.Contains($"recipient: {source} is empty.", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(_handler.Requests);
    }

    [Theory]
    [InlineData("ContactId = $c, $p")]
    [InlineData("MemberId = @{ Id = $p }")]
    [InlineData("Email = 'a@example.com', 'b@example.com'")]
    public void A_column_that_cannot_name_one_person_is_an_error_and_leaves_the_row_to_no_other(string column)
    {
        var result = _engine.Run(
            $"[pscustomobject]@{{ {column}; 'Email 2' = 'c@example.com' }} | Send-WixInboxMessage FYI");

        Assert.Equal(["ColumnValueInvalid"], result.ErrorIds);
        Assert.Empty(_handler.Requests);
    }

    [Fact]
    public void An_id_of_another_system_leaves_the_row_to_its_address_with_one_warning()
    {
        var result = _engine.Run(
            "1..2 | ForEach-Object { [pscustomobject]@{ 'Contact ID' = '0035g00000XyZ'; 'Member ID' = 1042; "
                + "Email = 'not an address' } } | Test-WixInboxMessage x");

        Assert.Equal(["contact not an address", "contact not an address"], result.OutputOf("Recipient"));
        Assert.Equal(
            "Row 1: column Member ID holds '1042', which is not a Wix id (a GUID). "
                + "Column Email is used instead, in further such rows too.",
            Assert.Single(result.Warnings));
    }

    [Theory]
    [InlineData("Email = ''; 'Contact ID' = '003B'", " Column Email is empty.")]
    [InlineData(
        "'Contact Email' = ' '; 'Member ID' = 42; 'Email 2' = ''", " Columns Contact Email and Email 2 are empty.")]
    [InlineData("'Contact ID' = '003B'", "")]
    public void Where_only_an_id_of_another_system_is_left_the_empty_address_is_named(string columns, string words)
    {
        var row = $"[pscustomobject]@{{ {columns} }}";

        var problem = Assert.Single(_engine.Run($"{row} | Test-WixInboxMessage x").OutputOf("Problem"));

        Assert.EndsWith(
            " is not a GUID such as 0d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c." + words, problem, StringComparison.Ordinal);
        Assert.Contains(
            problem![1..],
            Assert.Single(_engine.Run($"{row} | Resolve-WixInboxConversation").Errors).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_problems_each_begins_a_sentence()
    {
        const string Row = "[pscustomobject]@{ 'Work mail' = 'a@example.com'; Unsubscribed = 'yes' }";

        var problem = Assert.Single(_engine.Run($"{Row} | Test-WixInboxMessage x").OutputOf("Problem"));
        var error = Assert.Single(_engine.Run($"{Row} | Send-WixInboxMessage x").Errors).ToString();

        Assert.Contains("uses it. Column Unsubscribed: 'yes' says", problem, StringComparison.Ordinal);
        Assert.Contains("uses it. Column Unsubscribed: 'yes' says", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Email", "User Email", 1)]
    [InlineData("Guest Email", "Buyer Email", 1)]
    [InlineData("Email 1", "Email 2", 0)]
    [InlineData("E-mail 1 - Value", "E-mail 2 - Value", 0)]
    [InlineData("Email", "Secondary Email", 0)]
    public void Where_the_first_address_is_empty_one_that_may_be_anothers_is_told_of_once(
        string first, string other, int warnings)
    {
        var result = _engine.Run(
            "'a@example.com', '', '' | ForEach-Object { "
                + $"[pscustomobject]@{{ '{other}' = 'b@example.com'; '{first}' = $_ }} }} | Test-WixInboxMessage x");

        Assert.Equal(
            ["contact a@example.com", "contact b@example.com", "contact b@example.com"], result.OutputOf("Recipient"));
        var told = result.Warnings.Where(one => one.Contains("is used instead", StringComparison.Ordinal)).ToArray();
        Assert.Equal(warnings, told.Length);
        Assert.All(told, warning => Assert.StartsWith(
            $"Row 2: column {first} is empty. Column {other} is used instead", warning, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("User Email", "Invitee Email")]
    [InlineData("User Email", "Requester Email")]
    [InlineData("User Email", "Student Email")]
    [InlineData("Contact Email", "Student Email")]
    [InlineData("Contact Email", "Patient E-mail")]
    [InlineData("Contact Email", "Applicant Email Address")]
    [InlineData("Buyer Email", "Ticket Holder Email")]
    [InlineData("Buyer Email", "Participant Email")]
    [InlineData("Billing Email", "Tenant Email")]
    [InlineData("Billing Email Address", "Registrant Email")]
    [InlineData("Account Email", "Donor Email")]
    [InlineData("Recipient Email", "Traveller Email")]
    [InlineData("User Email", "Client E-mail")]
    [InlineData("Account Email", "Customer Email")]
    public void Who_is_named_as_the_person_goes_before_whoever_acts_for_somebody(string role, string person)
    {
        var result = _engine.Run(
            $"[pscustomobject]@{{ '{role}' = 'shop@example.com'; '{person}' = 'ada@example.com' }} | "
                + "Test-WixInboxMessage x");

        Assert.Equal(["contact ada@example.com"], result.OutputOf("Recipient"));
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [InlineData("User Email", "Employee Email", "{ $_.'Employee Email' }")]
    [InlineData("Account Email", "Employee", "{ $_.Employee }")]
    [InlineData("Billing Email", "Work mail", "{ $_.'Work mail' }")]
    [InlineData("Contact Email", "Child address", "{ $_.'Child address' }")]
    public void Where_somebody_acts_for_another_an_address_under_an_unknown_name_is_told_of_once(
        string role, string other, string block)
    {
        var result = _engine.Run(
            "'', 'SHOP@example.com', 'none', 'ada@example.com', 'bob@example.com' | ForEach-Object { "
                + $"[pscustomobject]@{{ '{role}' = 'shop@example.com'; '{other}' = $_ }} }} | Test-WixInboxMessage x");

        Assert.All(result.OutputOf("Recipient"), one => Assert.Equal("contact shop@example.com", one));
        Assert.Equal(
            $"Row 4: column {role} is used, in further rows too, and column {other} has another address. If that is "
                + $"whom the messages are for: -Email {block}.",
            Assert.Single(result.Warnings, warning => warning.Contains("another address", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("User Email", "Assignee Email")]
    [InlineData("Contact Email", "Contact owner email")]
    [InlineData("Contact Email", "Sales Rep Email")]
    [InlineData("Account Email", "AgentEmail")]
    [InlineData("Buyer Email", "Seller Email")]
    [InlineData("Recipient Email", "From address")]
    [InlineData("User Email", "Organizer")]
    [InlineData("Contact Email", "Betreuer E-Mail")]
    [InlineData("Contact Email", "担当者メールアドレス")]
    [InlineData("Email", "Employee Email")]
    [InlineData("User Email", "Email 2")]
    public void The_address_of_staff_or_beside_the_persons_own_is_none(string used, string other)
    {
        var result = _engine.Run(
            $"[pscustomobject]@{{ '{other}' = 'shop@example.com'; '{used}' = 'ada@example.com' }} | "
                + "Test-WixInboxMessage x");

        Assert.Equal(["contact ada@example.com"], result.OutputOf("Recipient"));
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [InlineData("Contact owner email")]
    [InlineData("Lead Owner Email Address")]
    [InlineData("Sales rep")]
    [InlineData("Betreuer E-Mail")]
    [InlineData("担当者メールアドレス")]
    [InlineData("Employee")]
    [InlineData("point_person_email")]
    [InlineData("User: Email")]
    [InlineData("Emergency Contact Email")]
    [InlineData("To Email Address")]
    [InlineData("Username")]
    [InlineData("Account manager")]
    public void The_address_of_staff_is_no_advice(string column)
    {
        var problem = Assert.Single(_engine.Run(
            $"[pscustomobject]@{{ '{column}' = 'shop@example.com' }} | Test-WixInboxMessage x").OutputOf("Problem"));

        Assert.DoesNotContain("seems to contain addresses", problem, StringComparison.Ordinal);
        Assert.EndsWith($"The row's columns are {column}.", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Email, Name, Email 2, Name 2", true)]
    [InlineData("Vorname, E-Mail, Vorname2, E-Mail2", true)]
    [InlineData("Email 1, Name 1, Email 2, Name 2", true)]
    [InlineData("First Name, Email, Phone, First Name 3, Email 3, Phone 3", true)]
    [InlineData("Name, Email, Email 2", false)]
    [InlineData("Email, Email 2, Name, Name 2", false)]
    [InlineData("Name, Email, Phone, Email 2, Phone 2", false)]
    [InlineData("First Name, Email 1, Email 2, Phone 1, Phone 2, Address 1 - City, Address 2 - City", false)]
    [InlineData(
        "Name, E-mail 1 - Type, E-mail 1 - Value, E-mail 2 - Type, E-mail 2 - Value, Organization 1 - Name, "
            + "Organization 2 - Name",
        false)]
    [InlineData("First Name, E-mail Address, E-mail Display Name, E-mail 2 Address, E-mail 2 Display Name", false)]
    public void A_second_address_is_another_persons_where_a_name_is_beside_it_that_is_a_second_one_too(
        string columns, bool isTold)
    {
        _engine.Set("names", columns.Split(", "));

        var result = _engine.Run("""
            $addresses = @($names -like '*mail*' -notlike '*Type' -notlike '*Display*')
            $row = [ordered]@{}
            $names | ForEach-Object { $row[$_] = if ($_ -eq $addresses[1]) { 'b@example.com' } }
            [pscustomobject]$row | Test-WixInboxMessage x
            """);

        Assert.Equal(["contact b@example.com"], result.OutputOf("Recipient"));
        Assert.Equal(
            isTold, result.Warnings.Any(warning => warning.Contains("somebody else", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("a***@example.com", "a part of it was made unreadable.")]
    [InlineData("a@example.com; b@example.com", "is not one e-mail address, but 2:")]
    [InlineData("n/a", "'n/a' stands in place of an address.")]
    public void A_cell_that_is_no_address_says_why_once_and_hides_nothing_else(string cell, string words)
    {
        var row = $"[pscustomobject]@{{ Email = '{cell}' }}";

        var result = _engine.Run(
            $"{row} | Test-WixInboxMessage ('x' * 16385) | ForEach-Object {{ $_.Violations.Rule; $_.Problem }}");
        var resolved = _engine.Run($"{row} | Resolve-WixInboxConversation");

        Assert.Equal(["EmailInvalid", "TextTooLong"], result.Output.SkipLast(1).Select(item => item.ToString()));
        Assert.Contains(words, result.Output[^1].ToString(), StringComparison.Ordinal);
        Assert.Contains(words, Assert.Single(resolved.Errors).ToString(), StringComparison.Ordinal);
        Assert.Empty(_handler.Requests);
    }

    [Theory]
    [InlineData("Email 1")]
    [InlineData("Contact email")]
    [InlineData("Login Email")]
    [InlineData("E-mail Address")]
    [InlineData("E-mail 1 - Value")]
    [InlineData("Email (Billing)")]
    [InlineData("Billing email")]
    [InlineData("E-Mail-Adresse")]
    [InlineData("Adresse e-mail")]
    [InlineData("Correo electrónico")]
    [InlineData("אימייל")]
    [InlineData("דוא\"ל")]
    [InlineData("דוא״ל")]
    [InlineData("כתובת מייל")]
    [InlineData("البريد الإلكتروني")]
    [InlineData("EMAIL_ADDRESS")]
    public void The_address_is_found_under_the_names_that_exports_have(string column)
    {
        var result = _engine.Run($"[pscustomobject]@{{ '{column}' = 'a@example.com' }} | Test-WixInboxMessage x");

        Assert.Equal(["contact a@example.com"], result.OutputOf("Recipient"));
    }

    [Fact]
    public void Of_several_address_columns_the_first_that_is_filled_counts_whatever_their_order()
    {
        var result = _engine.Run(
            "[pscustomobject]@{ 'E-mail 2 Address' = 'c@example.com'; 'Billing email' = 'b@example.com'; Email = '' "
                + "}, [pscustomobject]@{ 'Email 2' = 'b@example.com'; 'Email 1' = ' ' } | Test-WixInboxMessage x");

        Assert.Equal(["contact b@example.com", "contact b@example.com"], result.OutputOf("Recipient"));
    }

    [Theory]
    [InlineData(
        "",
        "There is no recipient. Column 'Work mail' seems to contain addresses: -Email { $_.'Work mail' } uses it.")]
    [InlineData(
        "-Email 'Work mail'",
        "-Email: 'Work mail' is no address, but the name of a column. -Email { $_.'Work mail' } uses that column.")]
    public void Where_no_column_is_known_the_error_shows_the_line_that_works(string parameters, string words)
    {
        var result = _engine.Run(
            "[pscustomobject]@{ Name = 'Ada'; 'From address' = 'shop@example.com'; 'Work mail' = 'a@example.com' } | "
                + $"Test-WixInboxMessage x {parameters}");

        Assert.Equal([words], result.OutputOf("Problem"));
        Assert.Equal(
            ["True"],
            _engine.Run(
                "[pscustomobject]@{ 'Work mail' = 'a@example.com' } | "
                    + "Test-WixInboxMessage x -Email { $_.'Work mail' }").OutputOf("Valid"));
    }

    [Theory]
    [InlineData(
        "'Email 2' = ''; 'Work mail' = 'a@example.com'",
        "There is no recipient: column Email 2 is empty. "
            + "Column 'Work mail' seems to contain addresses: -Email { $_.'Work mail' } uses it.")]
    [InlineData(
        "Ada = 'Grace'; 'a@example.com' = 'g@example.com'",
        "There is no recipient. A column is called 'a@example.com', which is an address: the file has no names of "
            + "columns, and its first row was taken for them. Import-WixInboxCsv -Header gives it names.")]
    public void Where_the_known_columns_are_empty_or_there_are_no_names_the_error_says_how_to_go_on(
        string columns, string words)
    {
        Assert.Equal(
            [words], _engine.Run($"[pscustomobject]@{{ {columns} }} | Test-WixInboxMessage x").OutputOf("Problem"));
    }

    [Theory]
    [InlineData("bob@example.com", " The row is an address: -Email { $_ } takes it as one.")]
    [InlineData(
        "0f5ce2b8-5d1b-4f07-9a7e-3b8f3a0c9f11", " The row is an id: -ContactId { $_ } takes it as a contact's.")]
    [InlineData(
        "bob@example.com,Bob",
        " The row is a line with separators, as those of a CSV file are: Import-WixInboxCsv reads the file into rows "
            + "with columns.")]
    public void A_mere_text_that_could_be_a_recipient_is_told_how_it_becomes_one(string text, string words)
    {
        var problem = Assert.Single(_engine.Run($"'{text}' | Test-WixInboxMessage x").OutputOf("Problem"));

        Assert.EndsWith(words, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{0D4FC8AC-52C1-4A8E-9E6F-1F1D2F3A4B5C}")]
    [InlineData("0d4fc8ac52c14a8e9e6f1f1d2f3a4b5c")]
    public void An_id_is_read_in_each_of_its_forms(string id)
    {
        var result = _engine.Run($"@{{ ContactId = '{id}' }} | Test-WixInboxMessage x");

        Assert.Equal([$"contact {Engine.Guid1}"], result.OutputOf("Recipient"));
        Assert.Equal(["True"], result.OutputOf("Valid"));
    }

    [Theory]
    [InlineData("", "Take one of them: -Email { $_.Email[0] }.")]
    [InlineData("-Email { $_.Email }", "Take one of them: ( … )[0].")]
    public void One_of_several_addresses_is_taken_and_they_are_not_joined(string parameters, string words)
    {
        var result = _engine.Run(
            $"@{{ Email = 'ada@example.com', 'bob@example.com' }} | Test-WixInboxMessage x {parameters}");

        Assert.EndsWith(words, Assert.Single(result.OutputOf("Problem")), StringComparison.Ordinal);
    }
}
