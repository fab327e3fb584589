namespace WixInbox.Rows;

/// <summary>A variable in a text that nothing sets: <c>"It is $12.50."</c>, <c>"team $Company"</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsSign">Whether it can be nothing but a dollar sign that was meant as one.</param>
/// <param name="Meant">How the dollar sign is written: <c>`$12.50</c>.</param>
internal readonly record struct UnsetVariable(string Name, bool IsSign, string Meant);
