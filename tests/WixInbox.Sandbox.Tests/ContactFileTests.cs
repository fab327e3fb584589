using WixInbox.SandboxServer;

namespace WixInbox.Sandbox.Tests;

public sealed class ContactFileTests
{
    [Fact]
    public void Every_column_is_read_and_addresses_may_come_twice()
    {
        var contacts = ContactFile.Read(
            "\uFEFFContactId,email,FirstName,LastName,SubscriptionStatus\r\n"
            + "11111111-2222-4333-8444-555555555555,ada@example.com,Ada,Lovelace,UNSUBSCRIBED\r\n"
            + ",ada@example.com,,,\r\n"
            + "\r\n"
            + ",,Nobody,,");

        Assert.Equal(["11111111-2222-4333-8444-555555555555", null, null], contacts.Select(contact => contact.Id));
        Assert.Equal(
            ["ada@example.com", "ada@example.com", null], contacts.Select(contact => contact.Emails.SingleOrDefault()));
        Assert.Equal(["Ada", null, "Nobody"], contacts.Select(contact => contact.FirstName));
        Assert.Equal(["Lovelace", null, null], contacts.Select(contact => contact.LastName));
        Assert.Equal(["UNSUBSCRIBED", "NOT_SET", "NOT_SET"], contacts.Select(contact => contact.SubscriptionStatus));
    }

    [Theory]
    [InlineData("a,b\r\nc,d\r\n")]
    [InlineData("a,b\nc,d")]
    [InlineData("a,b\rc,d\r")]
    [InlineData("\"a\",\"b\"\n\n\"c\",d\n")]
    public void Lines_end_in_any_way(string csv) =>
        Assert.Equal(["a b", "c d"], CsvReader.Read(csv).Select(record => string.Join(" ", record.Fields)));

    [Fact]
    public void Quotes_hold_commas_quotes_and_lines()
    {
        var records = CsvReader.Read("\"a,b\",\"say \"\"hi\"\"\",\"two\r\nlines\"\nx,,\"\"\n");

        Assert.Equal(["a,b", "say \"hi\"", "two\r\nlines"], records[0].Fields);
        Assert.Equal(["x", "", ""], records[1].Fields);
        Assert.Equal([1, 3], records.Select(record => record.Line));
    }

    [Theory]
    [InlineData("", "header")]
    [InlineData("FirstName\nAda", "Email")]
    [InlineData("Email,FistName\na@b.c,Ada", "FistName")]
    [InlineData("Email,email\na,b", "twice")]
    [InlineData("Email,FirstName\n\n\na@b.c", "Line 4")]
    [InlineData("Email,FirstName\na@b.c,Ada,x", "3 fields")]
    [InlineData("Email\n\"a@b.c", "Line 2")]
    [InlineData("Email\n\"a\"b", "Line 2")]
    [InlineData("Email\na\"b", "Line 2")]
    public void A_file_that_cannot_be_read_says_where_and_why(string csv, string reason) =>
        Assert.Contains(
            reason, Assert.Throws<FormatException>(() => ContactFile.Read(csv)).Message, StringComparison.Ordinal);
}
