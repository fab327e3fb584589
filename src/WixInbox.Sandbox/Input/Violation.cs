namespace WixInbox.Sandbox;

/// <summary>One entry of <c>details.validationError.fieldViolations</c>.</summary>
/// <param name="Field">The dotted camelCase path, such as <c>message.content.basic.items[0].text</c>.</param>
/// <param name="Description">What is wrong, to be read after the path.</param>
/// <param name="Rule">One of <see cref="ViolatedRule"/>; null where Wix was seen to give none.</param>
/// <param name="Threshold">The bound that was passed, where the rule has one.</param>
/// <param name="RuleName">
/// The rule's own name, where <paramref name="Rule"/> is <see cref="ViolatedRule.Custom"/>.
/// </param>
internal sealed record Violation(string Field, string Description, string? Rule, int? Threshold, string? RuleName);
