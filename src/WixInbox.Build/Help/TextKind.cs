namespace WixInbox.Build.Help;

/// <summary>What a piece of a page is.</summary>
internal enum TextKind
{
    /// <summary>A heading.</summary>
    Heading,

    /// <summary>A paragraph.</summary>
    Paragraph,

    /// <summary>An item of a list.</summary>
    Item,

    /// <summary>Lines that stay as they are.</summary>
    Code,
}
