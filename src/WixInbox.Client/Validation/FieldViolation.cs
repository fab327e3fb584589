namespace WixInbox;

/// <summary>One rule of the API that a field breaks, found here before sending or told by the server.</summary>
public sealed class FieldViolation
{
    /// <summary>Initializes a new instance of the <see cref="FieldViolation"/> class.</summary>
    /// <param name="field">The field's path.</param>
    /// <param name="rule">The rule's name.</param>
    /// <param name="description">What is wrong, for a person.</param>
    /// <param name="limit">The rule's limit, if it has one.</param>
    /// <param name="size">The value's size, if the rule is about a size.</param>
    public FieldViolation(string field, string rule, string description, int? limit = null, int? size = null)
    {
        Field = field;
        Rule = rule;
        Description = description;
        Limit = limit;
        Size = size;
    }

    /// <summary>Gets the field's path in the request, for example <c>message.content.basic.items[0].text</c>.</summary>
    public string Field { get; }

    /// <summary>
    /// Gets the rule's name. Found here it is one of <see cref="RuleNames"/>; told by the server it is Wix's own, such
    /// as <c>MAX</c>.
    /// </summary>
    public string Rule { get; }

    /// <summary>Gets what is wrong, for a person.</summary>
    public string Description { get; }

    /// <summary>Gets the rule's limit: characters (Unicode code points) of a text, elements of a list.</summary>
    public int? Limit { get; }

    /// <summary>Gets the value's size in the unit of <see cref="Limit"/>.</summary>
    public int? Size { get; }

    /// <summary>Gets the path and what is wrong with it.</summary>
    /// <returns>A line for a person.</returns>
    public override string ToString() => $"{Field}: {Description}";
}
