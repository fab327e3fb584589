namespace WixInbox.PowerShell.Tests.Rows;

/// <summary>Gaps in a text that was typed whole, where $_ was read too early: "Thanks !"</summary>
public sealed class TypedGapTests : RowRuns
{
    [Theory]
    [InlineData("Hi $($_.'First Name'), thanks!", "'Hi , thanks!'")]
    [InlineData("Hi $($_.'First Name')!", "'Hi !'")]
    [InlineData("Dear $($_.'First Name')`nThanks!", "'Dear ")]
    [InlineData("$($_.'First Name'), thanks!", "', thanks!'")]
    [InlineData(
        "Thanks for the order of last week, $($_.'First Name'), and hello", "'…order of last week, , and hello'")]
    [InlineData("Order $($_.'First Name') is on its way", "'Order  is on its way'")]
    [InlineData("Your plan is $($_.'First Name')", "'Your plan is '")]
    [InlineData("Track it: https://e.example/t?id=$($_.'First Name')", "'…https://e.example/t?id='")]
    [InlineData("https://e.example/t?id=$($_.'First Name')&lang=en", "'https://e.example/t?id=&lang=en'")]
    [InlineData("See https://e.example/qr/$($_.'First Name').png", "'…https://e.example/qr/.png'")]
    [InlineData("See https://e.example/$($_.'First Name')/map", "'…ee https://e.example//map'")]
    [InlineData("Welcome back, $($_.'First Name')!", "'Welcome back, !'")]
    [InlineData("Thanks $($_.'First Name')!!", "'Thanks !!'")]
    [InlineData("It is ready. Thank you $($_.'First Name')!", "'…is ready. Thank you !'")]
    [InlineData("¡Hola $($_.'First Name')!", "'¡Hola !'")]
    [InlineData("¡Feliz cumpleaños, querida $($_.'First Name')!", "'…cumpleaños, querida !'")]
    [InlineData("¿Vienes el $($_.'First Name')?", "'¿Vienes el ?'")]
    [InlineData("Hallo $($_.'First Name')!", "'Hallo !'")]
    [InlineData("Vielen Dank $($_.'First Name')!", "'Vielen Dank !'")]
    [InlineData("Order #$($_.'First Name') is ready", "'Order # is ready'")]
    [InlineData("La commande #$($_.'First Name') est prête", "'La commande # est prête'")]
    [InlineData("Ihre Bestellung Nr. $($_.'First Name') ist da", "'Ihre Bestellung Nr.  ist da'")]
    [InlineData("Your order ($($_.'First Name')) is ready", "'Your order () is ready'")]
    [InlineData("Your code is '$($_.'First Name')'.", "'Your code is ''.'")]
    [InlineData("See you on $($_.'First Name')!", "'See you on !'")]
    [InlineData("Kommen Sie am $($_.'First Name')?", "'Kommen Sie am ?'")]
    [InlineData("Bonjour $($_.'First Name') !", "'Bonjour  !'")]
    public void A_gap_in_a_text_that_was_typed_whole_is_told_of_before_the_first_row_leaves(string text, string words)
    {
        var script = $"$text = \"{text}\"; 1..3 | ForEach-Object {{ Row }} | Send-WixInboxMessage -Text $text";

        var result = Engine.Run(script);

        var warning = Assert.Single(result.Warnings, one => one.Contains("gap", StringComparison.Ordinal));
        Assert.Contains("has a gap in it: " + words, warning, StringComparison.Ordinal);
        Assert.Contains("-Text { \"Hi $($_.'First Name')\" }", warning, StringComparison.Ordinal);
        Assert.Equal(3, Handler.Requests.Count);
        Engine.Run(script + " -WarningAction Stop");
        Assert.Equal(3, Handler.Requests.Count);
    }

    [Theory]
    [InlineData("-Text Code -ImageUrl https://e.example/qr/.png", "ImageUrl")]
    [InlineData("-Minimal -Text Track -Url https://e.example/t?id=", "Url")]
    [InlineData(
        "-Template -Title T -Button @{ Label = 'Track'; LaunchUrl = 'https://e.example/t?id=' }", "Button")]
    public void So_is_one_in_an_address(string parameters, string parameter)
    {
        var warning = Assert.Single(Engine.Run($"Row | Send-WixInboxMessage {parameters}").Warnings);

        Assert.StartsWith(
            $"-{parameter} is the same for all rows, and has a gap in it", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Bonjour ! Votre commande est là.")]
    [InlineData("Mon  9:00`nTue 10:00 ")]
    [InlineData(".NET and .5 and so on ...")]
    [InlineData("Hi you, hi there")]
    [InlineData("It is ready.  Come by.  Bring: \nyour card")]
    [InlineData("https://e.example/?t=YWJj= and //server/share/.well-known/a.png")]
    [InlineData("Merci beaucoup ! Vous êtes prêts ? Super !! Ça y est ! Vas-y ! Oh la la ! Bravo à tous !!")]
    [InlineData("Bonne journée, à bientôt !`nMerci !`nBienvenue !")]
    [InlineData("Welcome back! Thanks!! Come on ! See you on Friday, or not?")]
    [InlineData("¡Hola! ¿Qué tal? ¡Gracias, Ana!")]
    [InlineData("Press the # key. Reply with your order # and name: your order # is on the receipt.")]
    [InlineData("# Angebot`nDie Raute # ist rechts unten, Bestellung #10403 ist da")]
    [InlineData("Name  : Ada`nDate  : 1 May`nThanks, :) and see you, ;)")]
    [InlineData("Call main() or f(), 5'' wide, he said `\"Hi`\" (again)")]
    public void A_text_that_was_typed_so_is_no_gap(string text)
    {
        var result = Engine.Run($"Row | Send-WixInboxMessage -Text \"{text}\"");

        Assert.Empty(result.Warnings);
        Assert.Single(Handler.Requests);
    }
}
