using System.Xml.Linq;
using WixInbox.Build.Help;

namespace WixInbox.PowerShell.Tests;

/// <summary>How a page, a comment and a topic become help.</summary>
public sealed class HelpSourceTests : IDisposable
{
    private const string Page = """
        # Get-WixInboxConnection

        Gets it.

        ## Description

        Of `-First` and [another](Get-WixInboxMessage.md), on
        two lines:

        - one
        - **two**

        ## Examples

        ### Example 1: To get it

        ```powershell
        Get-WixInboxConnection
        ```

        Shows it.

        ## Inputs

        - `None`: nothing.

        ## Outputs

        - `WixInbox.WixInboxConnection`: the connection.

        ## Notes

        None.

        ## Related

        - [Connect-WixInbox](Connect-WixInbox.md)
        - [Wix](https://www.wix.com)

        """;

    private readonly TemporaryFolder _folder = new();

    private static ModuleFacts Module { get; } = new(
        "https://example.com/project",
        [StagedHelp.Pages.Single(page => page.Cmdlet.Name == "Get-WixInboxConnection").Cmdlet]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_page_is_read_without_its_marks()
    {
        var page = Read(Page);

        Assert.Equal("Gets it.", page.Synopsis);
        Assert.Equal(
            ["Of -First and another, on two lines:", "- one", "- two"], page.Description.Select(block => block.Text));
        var example = Assert.Single(page.Examples);
        Assert.Equal(
            ("To get it", "Get-WixInboxConnection", "Shows it."),
            (example.Title, example.Code, example.Remarks.Single().Text));
        Assert.Equal([new TypeNote("WixInbox.WixInboxConnection", "The connection.")], page.Outputs);
        Assert.Equal(
            [new RelatedLink("Connect-WixInbox", null), new RelatedLink("Wix", "https://www.wix.com")], page.Related);
    }

    [Theory]
    [InlineData("# Get-WixInboxConnection", "# Get-Something", "It needs a first line \"# Get-WixInboxConnection\".")]
    [InlineData("## Notes", "## Remarks", "There is no place for the section \"Remarks\".")]
    [InlineData("## Notes\n\nNone.\n", "", "It needs a section \"## Notes\".")]
    [InlineData(
        "Example 1", "Example 2", "It needs a heading \"### Example 1: …\" with a block of powershell after it.")]
    [InlineData("```powershell", "```", "It needs a heading \"### Example 1: …\" with a block of powershell after it.")]
    [InlineData(
        "- `None`: nothing.",
        "- nothing",
        "It needs a type, as in \"- `System.String`: which.\", in an item of Inputs.")]
    public void A_page_that_lacks_something_says_what(string part, string instead, string message)
    {
        var exception = Assert.Throws<HelpException>(() => Read(Page.Replace(part, instead, StringComparison.Ordinal)));

        Assert.Equal(message, exception.Message);
        Assert.Equal(_folder.File("Get-WixInboxConnection.md"), exception.Path);
    }

    [Fact]
    public void A_cmdlet_without_a_page_is_told_and_so_is_a_page_without_a_cmdlet()
    {
        Assert.Equal(
            "Get-WixInboxConnection has no page.",
            Assert.Throws<HelpException>(() => CmdletPage.ReadAll(_folder.Path, Module)).Message);

        File.WriteAllText(_folder.File("Get-Nothing.md"), "# Get-Nothing\n");
        Assert.Equal("The module has no cmdlet of this name.", Assert.Throws<HelpException>(() => Read(Page)).Message);
    }

    [Fact]
    public void The_facts_go_before_the_inputs_and_in_place_of_older_ones()
    {
        var page = Read(Page);
        page.WriteFacts();
        var written = File.ReadAllText(page.Path);

        Assert.Contains(
            "## Syntax\n\n```text\nGet-WixInboxConnection [[-Name] <string[]>] "
                + "[<CommonParameters>]\n\nGet-WixInboxConnection -Default [<CommonParameters>]\n```\n\n## "
                + "Parameters\n\n",
            written,
            StringComparison.Ordinal);
        Assert.Equal(
            Page,
            written.Remove(
                written.IndexOf("<!--", StringComparison.Ordinal),
                written.IndexOf("## Inputs", StringComparison.Ordinal)
                    - written.IndexOf("<!--", StringComparison.Ordinal)));
        Assert.Equal(
            written,
            FactsSection.Into(
                written.Replace("## Syntax", "## Syntax\n\nOld.", StringComparison.Ordinal), page.Cmdlet));
    }

    [Fact]
    public void A_topic_is_wrapped_with_its_items_hanging()
    {
        File.WriteAllText(_folder.File("about_It.md"), $"""
            # about_It

            ## Short description

            What it is.

            ## Long description

            {Words(30)}

            ## A section

            - {Words(20)}
              - inner
            1. first

            | Id | Meaning |
            |---|---|
            | `TextTooLong` | It is *long*. |

            ### A part

            ```powershell
            Get-It |
                Out-It
            ```
            """);

        Assert.Equal(
            """
            TOPIC
                about_It

            SHORT DESCRIPTION
                What it is.

            LONG DESCRIPTION
                word word word word word word word word word word word word word word word
                word word word word word word word word word word word word word word word

            A SECTION
                - word word word word word word word word word word word word word word word
                  word word word word word
                    - inner
                1. first
                - TextTooLong: It is long.

              A part
                    Get-It |
                        Out-It

            """.ReplaceLineEndings("\n"),
            Assert.Single(Topic.ReadAll(_folder.Path)).Text);

        static string Words(int count) => string.Join(' ', Enumerable.Repeat("word", count));
    }

    [Theory]
    [InlineData(
        "# about_It",
        "# about_Other",
        "It does not begin with \"# about_It\", \"## Short description\", one paragraph and another section.")]
    [InlineData(
        "## Short description\n\n",
        "",
        "It does not begin with \"# about_It\", \"## Short description\", one paragraph and another section.")]
    [InlineData(
        "What it is.",
        "What it is, in more words than can stand in the one line that a list of topics has for each.",
        "Its short description has more than 76 characters.")]
    public void A_topic_that_a_list_could_not_show_is_told(string part, string instead, string message)
    {
        const string Text = "# about_It\n\n## Short description\n\nWhat it is.\n\n## Long description\n\nMore.\n";
        File.WriteAllText(_folder.File("about_It.md"), Text.Replace(part, instead, StringComparison.Ordinal));

        Assert.Equal(message, Assert.Throws<HelpException>(() => Topic.ReadAll(_folder.Path)).Message);
    }

    [Theory]
    [InlineData("Gets or sets the text: 1 to 16 characters.", "The text: 1 to 16 characters.")]
    [InlineData("Gets or sets whether to send a card.", "Send a card.")]
    [InlineData(
        "Gets or sets what\n  to do with <see cref=\"T:WixInbox.Message\"/>: <c>@{ "
            + "Id = 1 }</c> or <see langword=\"null\"/>.",
        "What to do with Message: `@{ Id = 1 }` or null.")]
    public void A_comment_is_told_to_those_who_do_not_program(string comment, string text)
    {
        WriteComments(comment);

        Assert.Equal(text, new CodeComments(_folder.Path).OfParameter(typeof(Cmdlet), nameof(Cmdlet.Text)));
    }

    [Fact]
    public void A_comment_that_is_none_of_a_parameter_is_told()
    {
        WriteComments("The text.");

        Assert.Throws<HelpException>(
            () => new CodeComments(_folder.Path).OfParameter(typeof(Cmdlet), nameof(Cmdlet.Text)));
        Assert.Throws<HelpException>(
            () => new CodeComments(_folder.Path).OfParameter(typeof(Cmdlet), nameof(Cmdlet.Other)));
    }

    private CmdletPage Read(string text)
    {
        File.WriteAllText(_folder.File("Get-WixInboxConnection.md"), text.ReplaceLineEndings("\n"));
        return CmdletPage.ReadAll(_folder.Path, Module)[0];
    }

    private void WriteComments(string comment)
    {
        var member = $"""<member name="P:{typeof(Cmdlet).FullName}.{nameof(Cmdlet.Text)}"><summary>{comment}</summary></member>""";
        XElement.Parse($"<doc><members>{member}</members></doc>").Save(_folder.File("WixInbox.PowerShell.xml"));
        XElement.Parse("<doc><members/></doc>").Save(_folder.File("WixInbox.Client.xml"));
    }

    private sealed class Cmdlet
    {
        public string? Text { get; set; }

        public string? Other { get; set; }
    }
}
