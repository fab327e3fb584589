using WixInbox.Rows;

namespace WixInbox.PowerShell.Tests;

/// <summary>Addresses as files have them.</summary>
public sealed class AddressTextTests
{
    [Theory]
    [InlineData("ADA@EXAMPLE.COM", "ADA@EXAMPLE.COM")]
    [InlineData("ada+wix@example.com", "ada+wix@example.com")]
    [InlineData("o'hara@example.com", "o'hara@example.com")]
    [InlineData("ada@exämple.com", "ada@exämple.com")]
    [InlineData("  ada@example.com\t", "ada@example.com")]
    [InlineData("\u00A0ada@example.com\u00A0", "ada@example.com")]
    public void An_address_stays_as_it_is(string given, string address)
    {
        var read = AddressText.Read(given)!;

        Assert.Equal((address, false, null), (read.Address, read.IsChanged, read.Problem));
    }

    [Theory]
    [InlineData("mailto:ada@example.com")]
    [InlineData("MAILTO: ada@example.com?subject=Hi")]
    [InlineData("<ada@example.com>")]
    [InlineData("Ada Lovelace <ada@example.com>")]
    [InlineData("\"Lovelace, Ada\" <ada@example.com>")]
    [InlineData("Lovelace, Ada <ada@example.com>;")]
    [InlineData("ada@example.com <ada@example.com>")]
    [InlineData("ADA@example.com <ada@example.com>")]
    [InlineData("Ada <mailto:ada@example.com>")]
    [InlineData("'ada@example.com'")]
    [InlineData("\"ada@example.com\"")]
    [InlineData("“ada@example.com”")]
    [InlineData("«ada@example.com»")]
    [InlineData("(ada@example.com)")]
    [InlineData("ada@example.com.")]
    [InlineData("ada@example.com;")]
    [InlineData("ada@example.com,")]
    [InlineData("ada@example.com; ADA@example.com")]
    [InlineData("\uFEFFada@example.com")]
    [InlineData("ada@example.com\u200B")]
    [InlineData("ada\u200D@example\u00AD.com")]
    [InlineData("\u202Aada@example.com\u202C")]
    [InlineData("ada@example.com/")]
    [InlineData("|ada@example.com")]
    [InlineData("ada@example.com|")]
    [InlineData("ada＠example.com")]
    [InlineData("ａｄａ＠ｅｘａｍｐｌｅ．ｃｏｍ")]
    [InlineData("ada@example。com")]
    [InlineData("ada@example.com\uFE0F")]
    [InlineData("ada\u0002@example.com")]
    public void What_is_around_an_address_is_taken_away(string given)
    {
        var read = AddressText.Read(given)!;

        Assert.Equal(("ada@example.com", true, null), (read.Address, read.IsChanged, read.Problem));
    }

    [Theory]
    [InlineData("a@example.com;b@example.com", "but 2: 'a@example.com' and 'b@example.com'")]
    [InlineData("a@example.com, b@example.com", "but 2")]
    [InlineData("a@example.com b@example.com", "but 2")]
    [InlineData("a@example.com/b@example.com", "but 2")]
    [InlineData(
        "a@example.com\nb@example.com", "'a@example.com<U+000A>b@example.com' is not one e-mail address, but 2")]
    [InlineData("Ada <a@example.com>, Bob <b@example.com>", "but 2")]
    [InlineData("a@example.com <b@example.com>", "but 2")]
    [InlineData("a@example.com;\u200Bb@example.com", "'a@example.com;<U+200B>b@example.com'")]
    [InlineData("a@example.com > b@example.com", "more than one @")]
    [InlineData("Ada <a@example.com> 2", "it has other text around it")]
    [InlineData("a@example.com, b@localhost", "it has other text around it")]
    [InlineData("ada@@example.com", "more than one @")]
    [InlineData("ada@example,com", "',' cannot be part of it")]
    [InlineData("ada lovelace@example.com", "' ' cannot be part of it")]
    [InlineData("ada@example .com", "cannot be part of it")]
    [InlineData("ask ada@example.com please", "cannot be part of it")]
    [InlineData("ada@localhost", "'localhost' is no domain")]
    [InlineData("a.b@localhost", "'localhost' is no domain")]
    [InlineData("ada@example..com", "a full stop")]
    [InlineData(".ada@example.com", "a full stop")]
    [InlineData("ada.@example.com", "a full stop")]
    [InlineData("ada@.example.com", "a full stop")]
    [InlineData("@example.com", "nothing before the @")]
    [InlineData("ada@", "nothing after the @")]
    [InlineData("ada@example.com/de", "'/' cannot be part of it")]
    [InlineData("ada@example|com", "'|' cannot be part of it")]
    [InlineData("a***@example.com", "made unreadable")]
    [InlineData("a•••@example.com", "made unreadable")]
    [InlineData("J\uFFFDrgen@example.com", "cannot be part of it")]
    [InlineData("ada.example.com", "it has no @")]
    [InlineData(
        "Ada asked for no letters of any kind, and has given no address since then",
        "'Ada asked for no letters of any kind, and has given no addres…' is not one e-mail address")]
    [InlineData("N/A", "'N/A' stands in place of an address")]
    [InlineData("n/a\u200B", "'n/a<U+200B>' stands in place of an address")]
    [InlineData("none", "stands in place of an address")]
    [InlineData("NULL", "stands in place of an address")]
    [InlineData("-", "stands in place of an address")]
    [InlineData("#N/A", "stands in place of an address")]
    [InlineData("#REF!", "stands in place of an address")]
    public void What_is_not_one_address_is_told_apart(string given, string words)
    {
        var read = AddressText.Read(given)!;

        Assert.False(read.IsChanged);
        Assert.Equal(given.Trim(), read.Address);
        Assert.Contains(words, read.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \u00A0\t")]
    [InlineData("\u200B\uFEFF")]
    public void Nothing_that_can_be_seen_is_no_address(string? given) => Assert.Null(AddressText.Read(given));
}
