namespace WixInbox.PowerShell.Tests.Rows;

/// <summary>What the error of a row that names nobody says of the columns that could.</summary>
public sealed class AddressHintTests : IDisposable
{
    private readonly StubHandler _handler = new();
    private readonly Engine _engine;

    public AddressHintTests() => _engine = Engine.ConnectedTo(_handler);

    public void Dispose()
    {
        _engine.Dispose();
        _handler.Dispose();
    }

    [Theory]
    [InlineData("Recruiter Email, Applicant's Mail", "Applicant's Mail")]
    [InlineData("Realtor Email, Prospect Email", "Prospect Email")]
    [InlineData("Broker Email, Prospect Email", "Prospect Email")]
    [InlineData("Studio Email, Athlete Email", "Athlete Email")]
    [InlineData("Home Location Email, Athlete Email", "Athlete Email")]
    [InlineData("Branch Email, Office Email, Athlete Email", "Athlete Email")]
    [InlineData("School Email", "School Email")]
    [InlineData("Office Email", "Office Email")]
    [InlineData("Company Email, Account manager", "Company Email")]
    [InlineData("School Email, Parent Email", "Parent Email")]
    public void One_column_that_may_be_the_persons_is_proposed(string columns, string proposed) => Assert.Equal(
        $"There is no recipient. Column '{proposed}' seems to contain addresses: -Email {{ "
            + $"$_.'{proposed.Replace("'", "''")}' }} uses it.",
        ProblemOf(columns));

    [Theory]
    [InlineData(
        "Player Email, Parent Email",
        "'Player Email' and 'Parent Email' seem to contain addresses. Use that of those whom the messages are for: "
            + "-Email { $_.'Player Email' } or -Email { $_.'Parent Email' }.")]
    [InlineData(
        "Home-Email, Work-Email, Sales rep",
        "'Home-Email' and 'Work-Email' seem to contain addresses. Use that of those whom the messages are for: "
            + "-Email { $_.'Home-Email' } or -Email { $_.'Work-Email' }.")]
    [InlineData(
        "A, B, C, D",
        "'A', 'B', 'C' and 1 more seem to contain addresses. Use that of those whom the messages are for: "
            + "-Email { $_.A }, -Email { $_.B } or -Email { $_.C }.")]
    public void Of_several_each_is_named(string columns, string words) =>
        Assert.Equal("There is no recipient. Columns " + words, ProblemOf(columns));

    [Theory]
    [InlineData("Mother Email = ''; Father Email = 'w@example.com'", "'Mother Email' and 'Father Email'")]
    [InlineData("Preferred Email Address = 'a@example.com'", "'Preferred Email Address'")]
    [InlineData(
        "Preferred Email = 'a@example.com'; Work Email Address = ''", "'Preferred Email' and 'Work Email Address'")]
    public void A_column_that_is_called_as_one_of_addresses_is_proposed_beside_one_that_has_one(
        string row, string words)
    {
        var cells = string.Join("; ", row.Split("; ").Select(cell => $"'{cell.Replace(" = ", "' = ")}"));

        var problem = Assert.Single(
            _engine.Run($"[pscustomobject]@{{ {cells} }} | Test-WixInboxMessage x").OutputOf("Problem"))!;

        Assert.Contains($" {words} seem", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "'my.csv'", " The row is the name of a file: Import-WixInboxCsv -LiteralPath 'my.csv' reads it into rows.")]
    [InlineData("[IO.FileInfo]'/it''s.CSV'", "it''s.CSV' reads it into rows.")]
    public void A_file_of_rows_is_no_row(string file, string words) => Assert.EndsWith(
        words,
        Assert.Single(_engine.Run($"{file} | Send-WixInboxMessage x").Errors).ToString(),
        StringComparison.Ordinal);

    [Fact]
    public void An_address_in_a_column_of_ids_is_no_address_for_all_rows() => Assert.Contains(
        " It is an address: -Email takes it.",
        Assert.Single(_engine.Run(
            "[pscustomobject]@{ Mail2 = \"o'brien@example.com\" } | Send-WixInboxMessage x -ContactId { $_.Mail2 }")
            .Errors).ToString(),
        StringComparison.Ordinal);

    [Fact]
    public void An_address_in_the_place_of_an_id_is_told_where_it_goes() => Assert.EndsWith(
        " It is an address: -Email 'ada@example.com'. No request was made.",
        Assert.Single(_engine.Run("Get-WixInboxMessage ada@example.com").Errors).ToString(),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("Recruiter Email")]
    [InlineData("Realtor")]
    [InlineData("Home Location Email")]
    [InlineData("Branch Email")]
    [InlineData("Store Email")]
    [InlineData("Loan Officer Email")]
    public void Staff_alone_is_not_proposed(string column) =>
        Assert.EndsWith($"The row's columns are {column}.", ProblemOf(column), StringComparison.Ordinal);

    [Theory]
    [InlineData("Contact ID")]
    [InlineData("Member ID")]
    [InlineData("Conversation ID")]
    [InlineData("Visitor ID")]
    public void Beside_an_id_of_another_system_the_column_with_addresses_is_proposed(string id)
    {
        var row =
            $"[pscustomobject]@{{ '{id}' = 202; Name = 'Ada'; 'Home-Email' = 'a@example.com'; Owner = 'o@e.com' }}";
        const string Words =
            " Column 'Home-Email' seems to contain addresses: -Email { $_.'Home-Email' } uses it.";

        var problem = Assert.Single(_engine.Run($"{row} | Test-WixInboxMessage x").OutputOf("Problem"));
        Assert.Contains($"column {id}: '202' is not a GUID", problem, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith(Words, problem, StringComparison.Ordinal);
        Assert.Contains(
            Words, Assert.Single(_engine.Run($"{row} | Send-WixInboxMessage x").Errors).ToString(),
            StringComparison.Ordinal);
        Assert.Equal(
            ["True"], _engine.Run($"{row} | Test-WixInboxMessage x -Email {{ $_.'Home-Email' }}").OutputOf("Valid"));
    }

    [Fact]
    public void An_id_that_was_typed_is_wrong_itself() => Assert.DoesNotContain(
        "looks as if",
        Assert.Single(_engine.Run(
            "[pscustomobject]@{ Key = 202; 'Home-Email' = 'a@example.com' } | "
                + "Test-WixInboxMessage x -ContactId { $_.Key }").OutputOf("Problem")),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(
        "Email = ''; 'Parent/Guardian Email' = 'p@example.com'",
        "column Email is empty. Column 'Parent/Guardian Email' has an address. To use it where there is no other: "
            + "-Email { if ($_.Email -match '@') { $_.Email } else { $_.'Parent/Guardian Email' } }.")]
    [InlineData(
        "Email = ''; 'Coach Email' = 'c@example.com'; 'Work mail' = 'a@example.com'; Father = 'f@example.com'",
        "column Email is empty. Columns 'Work mail' and 'Father' have addresses. To use one of them where there is no "
            + "other, as the first: -Email { if ($_.Email -match '@') { $_.Email } else { $_.'Work mail' } }.")]
    [InlineData(
        "Email = ''; 'Old Email' = 'o@example.com'; Mother = 'm@example.com'",
        "column Email is empty. Column 'Mother' has an address. To use it where there is no other: "
            + "-Email { if ($_.Email -match '@') { $_.Email } else { $_.Mother } }.")]
    [InlineData(
        "'Student Email' = ''; Mother = 'm@example.com'; 'Email 2' = ''",
        "columns Student Email and Email 2 are empty. Column 'Mother' has an address. To use it where there is no "
            + "other: -Email { if ($_.'Student Email' -match '@') { $_.'Student Email' } "
            + "elseif ($_.'Email 2' -match '@') { $_.'Email 2' } "
            + "else { $_.Mother } }.")]
    public void Where_an_address_is_missing_another_one_of_the_row_is_named_with_what_uses_it_there(
        string columns, string words)
    {
        var row = $"[pscustomobject]@{{ {columns} }}";

        var problem = Assert.Single(_engine.Run($"{row} | Test-WixInboxMessage x").OutputOf("Problem"))!;

        Assert.Equal("There is no recipient: " + words, problem);
        var advice = problem[problem.IndexOf("-Email", StringComparison.Ordinal)..].TrimEnd('.');
        Assert.Equal(["True"], _engine.Run($"{row} | Test-WixInboxMessage x {advice}").OutputOf("Valid"));
        var own = row.Replace("Email = ''", "Email = 'own@example.com'", StringComparison.Ordinal)
            .Replace("'Student Email' = ''", "'Student Email' = 'own@example.com'", StringComparison.Ordinal);
        Assert.Equal(
            ["contact own@example.com"],
            _engine.Run($"{own} | Test-WixInboxMessage x {advice}").OutputOf("Recipient"));
        var blank = row.Replace("Email = ''", "Email = ' '", StringComparison.Ordinal);
        Assert.Equal(["True"], _engine.Run($"{blank} | Test-WixInboxMessage x {advice}").OutputOf("Valid"));
    }

    [Theory]
    [InlineData("Email = ''; 'Coach Email' = 'c@example.com'", "column Email is empty.")]
    [InlineData("Email = ''; 'Company Email' = 'c@example.com'", "column Email is empty.")]
    [InlineData(
        "Email = ''; 'Opted out' = 'mailto:a@example.com'; Suppression = 'a@example.com'", "column Email is empty.")]
    [InlineData("Email = ''; Notes = 'ask p@example.com'", "column Email is empty.")]
    [InlineData("Email = ''; 'Removed email' = 'p@example.com'", "column Email is empty.")]
    [InlineData("Email = ''; 'No Newsletter Email' = 'p@example.com'", "column Email is empty.")]
    [InlineData(
        "'Contact ID' = ''; Email = ''; 'Work mail' = 'a@example.com'", "columns Contact ID and Email are empty.")]
    public void Staff_and_what_would_leave_other_rows_without_their_id_are_not(string columns, string words) =>
        Assert.Equal(
            ["There is no recipient: " + words],
            _engine.Run($"[pscustomobject]@{{ {columns} }} | Test-WixInboxMessage x").OutputOf("Problem"));

    [Theory]
    [InlineData("""{"id":7,"emails":[{"type":"home","value":"a@example.com"}]}""", "emails", "$_.emails[0].value")]
    [InlineData("""{"name":"Ada","emails":["a@example.com"]}""", "emails", "$_.emails[0]")]
    [InlineData("""{"owner":{"email":"o@e.com"},"buyer":{"email":"a@example.com"}}""", "buyer", "$_.buyer.email")]
    public void An_address_within_a_column_is_named_with_its_path(string json, string column, string path)
    {
        var row = $"'{json}' | ConvertFrom-Json";

        Assert.Equal(
            [$"There is no recipient. Column '{column}' seems to contain addresses: -Email {{ {path} }} uses it."],
            _engine.Run($"{row} | Test-WixInboxMessage x").OutputOf("Problem"));
        Assert.Equal(
            ["contact a@example.com"],
            _engine.Run($"{row} | Test-WixInboxMessage x -Email {{ {path} }}").OutputOf("Recipient"));
    }

    private string? ProblemOf(string columns)
    {
        _engine.Set("names", columns.Split(", "));
        return Assert.Single(_engine.Run("""
            $row = [ordered]@{}
            $names | ForEach-Object { $row[$_] = "a$($row.Count)@example.com" }
            [pscustomobject]$row | Test-WixInboxMessage x
            """).OutputOf("Problem"));
    }
}
