namespace WixInbox.PowerShell.Tests.Rows;

/// <summary>Which of the addresses in a row is used, and where the others are told of.</summary>
public sealed class OtherAddressTests : IDisposable
{
    private readonly StubHandler _handler = new();
    private readonly Engine _engine;

    public OtherAddressTests() => _engine = Engine.ConnectedTo(_handler);

    public void Dispose()
    {
        _engine.Dispose();
        _handler.Dispose();
    }

    [Theory]
    [InlineData("Customer Email", "Player Email")]
    [InlineData("Customer Email", "Camper E-mail")]
    [InlineData("Member Email", "Guardian Email")]
    [InlineData("Student Email", "Parent/Guardian Email")]
    [InlineData("Attendee Email", "Parent Email")]
    [InlineData("Client Email", "Prospect Email")]
    [InlineData("Attendee Email", "Player Email")]
    [InlineData("Client Email", "Delegate")]
    [InlineData("Customer Email", "Child's Email")]
    [InlineData("Secondary Email", "Player Email")]
    public void A_person_by_a_role_beside_one_under_an_unknown_name_is_told_of_once(string role, string other) =>
        AssertTold(role, other);

    [Theory]
    [InlineData("Email", "Client Email")]
    [InlineData("E-mail", "Customer Email Address")]
    [InlineData("Email Address", "Candidate Email")]
    [InlineData("Mail", "Contact Email")]
    [InlineData("Primary Email", "Guest Email")]
    [InlineData("Courriel", "Lead Email")]
    [InlineData("Email", "Member E-mail")]
    [InlineData("EMAIL", "PROSPECT_EMAIL")]
    [InlineData("Email", "Client's Email")]
    [InlineData("Email", "PlayerEmail")]
    public void An_address_without_a_role_beside_that_of_a_person_with_one_is_told_of_once(
        string plain, string other) => AssertTold(plain, other);

    [Theory]

    // Those who look after the person, and the places where they do.
    [InlineData("Customer Email", "Recruiter Email")]
    [InlineData("Customer Email", "Unsubscribed")]
    [InlineData("Contact Email", "Unsubscribe")]
    [InlineData("Customer Email", "Website")]
    [InlineData("Customer Email", "Message-ID")]
    [InlineData("Client Email", "Realtor Email")]
    [InlineData("Client Email", "Stylist Email")]
    [InlineData("Patient Email", "Doctor Email")]
    [InlineData("Patient Email", "Clinic Email")]
    [InlineData("Member Email", "Home Location Email")]
    [InlineData("Member Email", "Studio Email")]
    [InlineData("Student Email", "School Email")]
    [InlineData("Customer Email", "Company Email")]
    [InlineData("Contact Email", "Office Email")]
    [InlineData("Customer Email", "Customer Service Email")]
    [InlineData("Requester Email", "Submitter Email")]
    [InlineData("Customer Email", "Employee Email")]
    [InlineData("Tenant Email", "Landlord Email")]
    [InlineData("Tenant Email", "Co-Tenant Email")]
    [InlineData("Patient Email", "Hygienist Email")]
    [InlineData("Patient Email", "Insurance Email")]
    [InlineData("Student Email", "Counselor Email")]
    [InlineData("Participant Email", "Facilitator Email")]
    [InlineData("Donor Email", "Honoree Email")]
    [InlineData("Candidate Email", "Referee Email")]
    [InlineData("Client Email", "Vet Email")]
    [InlineData("Client Email", "Photographer Email")]
    [InlineData("Member Email", "Team Captain Email")]
    [InlineData("Email", "Customer Success Manager Email")]
    [InlineData("Email", "Lead Owner Email")]
    [InlineData("Email", "Lead Instructor Email")]
    [InlineData("Email", "Team Lead Email")]

    // Further addresses of the same person, and of those who belong to it.
    [InlineData("Customer Email", "Customer Email 2")]
    [InlineData("Client Email", "Work Email")]
    [InlineData("Client Email", "Personal E-mail")]
    [InlineData("Customer Email", "PayPal Email")]
    [InlineData("Customer Email", "Receipt Email")]
    [InlineData("Customer Email", "Username")]
    [InlineData("Client Email", "Spouse Email")]
    [InlineData("Client Email", "Co-Client Email")]
    [InlineData("Customer Email", "Shipping Email")]
    [InlineData("Email", "Child Email")]
    [InlineData("Member Email", "Confirm Email")]
    [InlineData("Email", "Email 2")]
    [InlineData("Email", "Billing Email")]
    [InlineData("Email", "Secondary Email")]
    [InlineData("Email", "Work Email")]
    [InlineData("Email", "Home Email")]
    [InlineData("Email", "Login Email")]
    [InlineData("Email", "User Email")]
    [InlineData("Email", "Parent Email")]
    [InlineData("Email", "Spouse Email")]
    [InlineData("Email", "Buyer Email")]
    [InlineData("Email 2", "Work Email")]

    // Persons of whom the order is known.
    [InlineData("Candidate Email", "Client Email")]
    [InlineData("Student Email", "Customer Email")]
    [InlineData("Customer Email", "Guest Email")]
    public void An_ordinary_file_is_told_of_nothing(string used, string other)
    {
        var result = _engine.Run(Rows(used, other) + " | Test-WixInboxMessage x");

        Assert.Equal(["contact ada@example.com", "contact ada@example.com"], result.OutputOf("Recipient"));
        Assert.DoesNotContain(
            result.Warnings, warning => warning.Contains("another address", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Email", "Client Email", "''")]
    [InlineData("Email", "Client Email", "'ADA@example.com'")]
    [InlineData("Email", "Client Email", "'n/a'")]
    [InlineData("Customer Email", "Player Email", "'<ada@example.com>'")]
    [InlineData("Customer Email", "Player Email", "'Ada'")]
    public void Nor_is_one_where_the_other_column_has_no_other_address(string used, string other, string cell)
    {
        var result = _engine.Run(
            $"[pscustomobject]@{{ '{other}' = {cell}; '{used}' = 'ada@example.com' }} | Test-WixInboxMessage x");

        Assert.Equal(["contact ada@example.com"], result.OutputOf("Recipient"));
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void A_second_address_for_an_empty_first_one_is_not_held_against_further_columns()
    {
        var result = _engine.Run(
            "[pscustomobject]@{ Email = ''; 'Email 2' = 'a@example.com'; 'Parent Email' = 'p@example.com' } | "
                + "Test-WixInboxMessage x");

        Assert.Equal(["contact a@example.com"], result.OutputOf("Recipient"));
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [InlineData("Pupil", "E-Mail Mutter")]
    [InlineData("Student Name", "Mother Email")]
    [InlineData("Child", "Guardian 1 Email")]
    public void The_address_of_a_pupil_beside_that_of_a_parent_is_told_of(string pupil, string parent)
    {
        var result = _engine.Run(
            $"[pscustomobject]@{{ '{pupil}' = 'Ben'; Email = 'ben@example.com'; '{parent}' = 'a@example.com' }} | "
                + "Test-WixInboxMessage x");

        Assert.Equal(["contact ben@example.com"], result.OutputOf("Recipient"));
        Assert.Contains(
            $"column {parent} has another address", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Parent 1,Email 1,Parent 2,Email 2")]
    [InlineData("Parent,Email,Parent 2,Email 2")]
    [InlineData("Parent 1 First Name,Email 1,Parent 2 First Name,Email 2")]
    [InlineData("Guest 1,Email 1,Guest 2,Email 2")]
    [InlineData("Mother,Email,Father,Email 2")]
    [InlineData("First Name,Email,Spouse,Email 2")]
    [InlineData("First Name,Email,Spouse First Name,Secondary Email")]
    [InlineData("Primary Contact,Primary Email,Secondary Contact,Secondary Email")]
    public void The_second_address_of_a_row_that_names_two_people_is_told_of(string columns)
    {
        var result = Second(columns);

        Assert.Equal(["contact bob@example.com"], result.OutputOf("Recipient"));
        Assert.EndsWith(
            $"If that may be somebody else: -Email {{ $_.{Quoted(columns.Split(',')[1])} }}.",
            Assert.Single(result.Warnings),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("First Name,Email,Phone 2,Email 2")]
    [InlineData("E-mail Display Name,Email,E-mail 2 Display Name,Email 2")]
    [InlineData("First Name,Email,Company 2,Email 2")]
    [InlineData("Spouse,Email,City,Email 2")]
    [InlineData("First Name,Email,Parent Account,Email 2")]
    [InlineData("First Name,Email,Membership 2,Email 2")]
    public void The_second_address_of_one_person_is_none(string columns)
    {
        var result = Second(columns);

        Assert.Equal(["contact bob@example.com"], result.OutputOf("Recipient"));
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void A_candidate_goes_before_the_client_of_a_recruiter()
    {
        var result = _engine.Run("""
            [pscustomobject]@{
                Candidate = 'Ada'; 'Candidate Email' = 'ada@example.com'
                Client = 'Acme'; 'Client Email' = 'hr@acme.example.com'; Owner = 'rec@example.com'
            } | Test-WixInboxMessage x
            """);

        Assert.Equal(["contact ada@example.com"], result.OutputOf("Recipient"));
        Assert.Empty(result.Warnings);
    }

    private static string Quoted(string column) => column.Contains(' ') ? $"'{column}'" : column;

    private Result Second(string columns)
    {
        string[] cells = ["Carol", "", "Bob", "bob@example.com"];
        var row = columns.Split(',').Zip(cells, (column, cell) => $"'{column}' = '{cell}'");
        return _engine.Run($"[pscustomobject]@{{ {string.Join("; ", row)} }} | Test-WixInboxMessage x");
    }

    private static string Rows(string used, string other) =>
        "1, 2 | ForEach-Object { "
            + $"[pscustomobject]@{{ '{other.Replace("'", "''")}' = \"other$_@example.com\"; "
            + $"'{used}' = 'ada@example.com' }} }}";

    private void AssertTold(string used, string other)
    {
        var result = _engine.Run(Rows(used, other) + " | Test-WixInboxMessage x");

        Assert.Equal(["contact ada@example.com", "contact ada@example.com"], result.OutputOf("Recipient"));
        var block = other.All(char.IsLetter) || other.Contains('_') ? other : $"'{other.Replace("'", "''")}'";
        Assert.Equal(
            $"Row 1: column {used} is used, in further rows too, and column {other} has another address. If that is "
                + $"whom the messages are for: -Email {{ $_.{block} }}.",
            Assert.Single(result.Warnings, warning => warning.Contains("another address", StringComparison.Ordinal)));
    }
}
