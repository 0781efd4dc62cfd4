__declspec(dllexport) int sum(int left, int right)
{
	return left + right;
}
